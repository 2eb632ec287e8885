package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which texts of a result are grouped, found by comparing each with each; of texts that tell which offer they are about. */
final class NearTexts {
    private static final Set<String> DENIALS = Set.of("pas", "non", "ne", "jamais");

    private final Map<String, String> leaders = new HashMap<>();

    /** Of all verbatims that a search finds. */
    NearTexts(VerbatimIndex index, SearchRequest request) throws IOException {
        var first = new LinkedHashMap<String, Verbatim>();
        var sizes = new HashMap<String, Integer>();
        try (var all = (ResultStream) index.stream(request)) {
            while (all.next()) {
                var verbatim = all.verbatim();
                sizes.merge(plain(verbatim), 1, Integer::sum);
                first.putIfAbsent(plain(verbatim), verbatim);
            }
        }
        var texts = new ArrayList<>(first.keySet());
        texts.sort(Comparator.comparing((String text) -> sizes.getOrDefault(text, 0))
                .reversed()
                .thenComparingLong(TextSignature::of));
        var found = new ArrayList<String>();
        for (String text : texts) {
            String leader = found.stream()
                    .filter(each -> offer(first, each).equals(offer(first, text)) && areNear(words(each), words(text)))
                    .findFirst()
                    .orElse(text);
            if (leader.equals(text)) {
                found.add(text);
            }
            leaders.put(text, leader);
        }
    }

    private static String offer(Map<String, Verbatim> first, String text) {
        return Optional.ofNullable(first.get(text)).map(Verbatim::getOfferId).orElse("");
    }

    /** The text that a group is named by here. */
    String leader(Verbatim verbatim) {
        return leaders.getOrDefault(plain(verbatim), "none");
    }

    private static String plain(Verbatim verbatim) {
        return verbatim.getText()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[0-9]+", "")
                .replaceAll("[^\\p{L}]+", " ")
                .strip();
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }

    private static boolean areNear(List<String> one, List<String> other) {
        return one.size() >= WordsApart.WORDS_MIN
                && other.size() >= WordsApart.WORDS_MIN
                && without(one).stream().anyMatch(without(other)::contains);
    }

    private static List<List<String>> without(List<String> words) {
        var all = new ArrayList<List<String>>(List.of(words));
        for (int i = 0; i < words.size(); i++) {
            if (!DENIALS.contains(words.get(i))) {
                var shorter = new ArrayList<>(words);
                shorter.remove(i);
                all.add(shorter);
            }
        }
        return all;
    }
}
