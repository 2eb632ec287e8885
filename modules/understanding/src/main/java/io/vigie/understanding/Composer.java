package io.vigie.understanding;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Composes texts to learn from out of plain phrases: one matter or several, what people write around it, and the typos,
 * dropped accents and capitals they write it with. The same phrases and seed give the same texts. One thread.
 *
 * <p>What is composed has themes, churn, and a feeling where its parts agree on one. Its intent nobody judged.
 */
final class Composer {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}");

    /** How often a text has no matter, one, two, three. */
    private static final double[] MATTERS = {0.20, 0.47, 0.24, 0.09};

    /** How many times as often as of others customers write of some matters. */
    private static final Map<String, Integer> OFTEN = Map.of(
            "network.outage", 5,
            "network.intermittent", 2,
            "equipment.router_fault", 2,
            "equipment.tv_box", 2,
            "billing.unexpected_charge", 3,
            "billing.price_increase", 2,
            "install.failed", 2,
            "support.wait_time", 2,
            "support.repeat_contact", 2,
            "sales.question_unanswered", 2);

    private static final Map<String, Double> BEFORE = odds(
            "handle",
            0.1,
            "greeting",
            0.3,
            "self",
            0.15,
            "brand",
            0.12,
            "chat",
            0.08,
            "aside",
            0.03,
            "nonTelecom",
            0.04);
    private static final Map<String, Double> AFTER = odds(
            "plea",
            0.15,
            "anger",
            0.12,
            "insult",
            0.08,
            "unhappy",
            0.1,
            PhraseBook.LEAVING,
            0.12,
            PhraseBook.STAYING,
            0.11,
            "chat",
            0.08,
            "happy",
            0.04,
            "fans",
            0.02,
            "nonTelecom",
            0.04,
            "thanks",
            0.1,
            "closing",
            0.1,
            "tags",
            0.1);

    /** What stands alone where there is no matter: half of what people write to a firm in public. */
    private static final List<String> ALONE = List.of("money", "money", "aside", "aside", "fans", "insult", "chat");

    private static final Set<String> GLAD = Set.of("happy", "fans");
    private static final Set<String> SAD = Set.of("anger", "insult", "unhappy", PhraseBook.LEAVING);

    /** Who writes of these may be leaving or not; the phrases do not say. */
    private static final Set<String> PERHAPS_LEAVING =
            Set.of("contract.cancel", "contract.termination_fee", "contract.number_porting");

    private static final List<String> JOINTS = List.of(". ", ". ", ", ", ", ", " ", " ", "! ", "... ", "\n");
    private static final double TYPO_TEXTS = 0.2;
    private static final double TYPO_WORDS = 0.1;
    private static final double BARE_TEXTS = 0.2;
    private static final double LOUD_TEXTS = 0.04;
    private static final double SMALL_TEXTS = 0.5;

    private final PhraseBook book;
    private final List<List<PhraseBook.Phrase>> leaves;
    private final Map<String, Leaf.Kind> kinds;
    private final Random random;

    Composer(PhraseBook book, Taxonomy taxonomy, long seed) {
        this.book = book;
        this.kinds = taxonomy.leaves().stream().collect(Collectors.toMap(Leaf::id, Leaf::kind));
        this.leaves = book.byLeaf().entrySet().stream()
                .flatMap(leaf -> Collections.nCopies(OFTEN.getOrDefault(leaf.getKey(), 1), leaf.getValue()).stream())
                .toList();
        this.random = new Random(seed);
    }

    List<LabelledText> compose(int texts) {
        var composed = new ArrayList<LabelledText>();
        while (composed.size() < texts) {
            composed.add(one());
        }
        return composed;
    }

    private LabelledText one() {
        var parts = new ArrayList<String>();
        var themes = new HashSet<String>();
        var said = new HashSet<String>();
        int matters = matters();
        around(BEFORE, Set.of(), parts, said);
        for (int matter = 0; matter < matters; matter++) {
            PhraseBook.Phrase phrase = one(one(leaves));
            parts.add(filled(phrase.text()));
            themes.addAll(phrase.themes());
        }
        if (matters == 0) {
            around(Map.of(one(ALONE), 1.0), Set.of(), parts, said);
        }
        around(AFTER, unfit(themes), parts, said);
        var labels = new LinkedHashMap<String, Set<String>>();
        labels.put(Corpus.THEME, themes);
        boolean leaving = said.contains(PhraseBook.LEAVING);
        if (leaving || Collections.disjoint(themes, PERHAPS_LEAVING)) {
            labels.put(Corpus.CHURN, leaving ? Set.of(Corpus.LEAVING) : Set.of());
        }
        boolean glad = !Collections.disjoint(said, GLAD) || has(themes, Leaf.Kind.PRAISE);
        boolean sad = !Collections.disjoint(said, SAD) || has(themes, Leaf.Kind.COMPLAINT);
        if (glad != sad) {
            labels.put(Corpus.POLARITY, Set.of(glad ? "1" : "-1"));
        }
        return new LabelledText(worn(joined(parts)), book.language(), labels);
    }

    /** Nobody curses what he praises, or the other way round, unless he means one of both otherwise. */
    private Set<String> unfit(Set<String> themes) {
        boolean praise = has(themes, Leaf.Kind.PRAISE);
        boolean complaint = has(themes, Leaf.Kind.COMPLAINT);
        return praise == complaint ? Set.of() : praise ? SAD : GLAD;
    }

    private boolean has(Set<String> themes, Leaf.Kind kind) {
        return themes.stream().anyMatch(theme -> kinds.get(theme) == kind);
    }

    private int matters() {
        double drawn = random.nextDouble();
        int matters = 0;
        while (matters < MATTERS.length - 1 && drawn >= MATTERS[matters]) {
            drawn -= MATTERS[matters++];
        }
        return matters;
    }

    /** Adds phrases of some kinds, and the kinds to what was said. */
    private void around(Map<String, Double> odds, Set<String> unfit, List<String> parts, Set<String> said) {
        for (Map.Entry<String, Double> kind : odds.entrySet()) {
            List<String> phrases = book.around().getOrDefault(kind.getKey(), List.of());
            if (!phrases.isEmpty() && !unfit.contains(kind.getKey()) && random.nextDouble() < kind.getValue()) {
                parts.add(filled(one(phrases)));
                said.add(kind.getKey());
            }
        }
    }

    private String filled(String phrase) {
        return SLOT.matcher(phrase).replaceAll(slot -> Matcher.quoteReplacement(filling(slot.group(1))));
    }

    private String filling(String slot) {
        List<String> fillings = book.slots().get(slot);
        return fillings == null ? Integer.toString(2 + random.nextInt(11)) : one(fillings);
    }

    private String joined(List<String> parts) {
        var text = new StringBuilder();
        for (String part : parts) {
            if (!text.isEmpty()) {
                boolean ended = ".!?…".indexOf(text.charAt(text.length() - 1)) >= 0;
                text.append(ended ? " " : one(JOINTS));
            }
            text.append(part);
        }
        return text.isEmpty() ? one(book.around().getOrDefault("chat", List.of("ok"))) : text.toString();
    }

    private String worn(String text) {
        String worn = random.nextDouble() < SMALL_TEXTS ? text.toLowerCase(Locale.ROOT) : text;
        if (random.nextDouble() < BARE_TEXTS) {
            worn = ACCENTS.matcher(Normalizer.normalize(worn, Normalizer.Form.NFD))
                    .replaceAll("");
        }
        if (random.nextDouble() < TYPO_TEXTS) {
            worn = mistyped(worn);
        }
        return random.nextDouble() < LOUD_TEXTS ? worn.toUpperCase(Locale.ROOT) : worn;
    }

    private String mistyped(String text) {
        var words = text.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            if (words[i].length() > 3 && random.nextDouble() < TYPO_WORDS) {
                words[i] = mistypedWord(words[i]);
            }
        }
        return String.join(" ", words);
    }

    /** One letter is left out, doubled, or swapped with the next. */
    private String mistypedWord(String word) {
        int at = 1 + random.nextInt(word.length() - 2);
        return switch (random.nextInt(3)) {
            case 0 -> word.substring(0, at) + word.substring(at + 1);
            case 1 -> word.substring(0, at) + word.charAt(at) + word.substring(at);
            default -> word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
        };
    }

    private <T> T one(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Map<String, Double> odds(Object... kindsAndOdds) {
        var odds = new LinkedHashMap<String, Double>();
        for (int i = 0; i < kindsAndOdds.length; i += 2) {
            odds.put((String) kindsAndOdds[i], (Double) kindsAndOdds[i + 1]);
        }
        return odds;
    }
}
