package io.vigie.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Twelve kinds of searches as people and pages make them, each in {@link #VARIANTS} variants over words of like frequency. */
enum ScaleQuery {
    FREQUENT_WORD,
    RARE_WORD,
    TWO_WORDS,
    THREE_ALTERNATIVES,
    PHRASE,
    PREFIX,
    MISSPELT,
    WORD_OFFER_QUARTER,
    NEWEST_OF_MONTH,
    FACETS,
    MONTHS_OF_OFFER,
    TWO_ALTERNATIVES;

    static final int VARIANTS = 20;

    private static final int PREFIX_LETTERS = 3;
    private static final Duration QUARTER = Duration.ofDays(90);
    private static final Duration MONTH = Duration.ofDays(30);

    /** The words that are searched for; the beginning of one for a prefix, a wrong one for a misspelt word. */
    List<String> words(int variant) {
        return switch (this) {
            case FREQUENT_WORD -> List.of(ZipfTexts.word(15 + variant));
            case RARE_WORD -> List.of(ZipfTexts.word(3_000 + 10 * variant));
            case TWO_WORDS -> List.of(ZipfTexts.word(20 + variant), ZipfTexts.word(60 + variant));
            case THREE_ALTERNATIVES ->
                List.of(ZipfTexts.word(10 + variant), ZipfTexts.word(50 + variant), ZipfTexts.word(200 + variant));
            case PHRASE -> List.of(ZipfTexts.phrase(variant % ZipfTexts.PHRASES).split(" "));
            case PREFIX -> List.of(ZipfTexts.word(100 + variant).substring(0, PREFIX_LETTERS));
            case MISSPELT -> List.of(misspelt(ZipfTexts.word(300 + variant)));
            case WORD_OFFER_QUARTER, FACETS -> List.of(ZipfTexts.word(30 + variant));
            case TWO_ALTERNATIVES -> List.of(ZipfTexts.word(40 + variant), ZipfTexts.word(90 + variant));
            case NEWEST_OF_MONTH, MONTHS_OF_OFFER -> List.of();
        };
    }

    String offer(int variant) {
        return ScaleVerbatims.offer(variant);
    }

    Instant from(int variant) {
        return ScaleVerbatims.FIRST.plus(MONTH.multipliedBy(variant));
    }

    Instant to(int variant) {
        return from(variant).plus(this == WORD_OFFER_QUARTER ? QUARTER : MONTH);
    }

    /** As parameters of {@code GET /api/v1/search}. */
    Map<String, String> parameters(int variant) {
        List<String> words = words(variant);
        return switch (this) {
            case FREQUENT_WORD, RARE_WORD, TWO_WORDS -> Map.of("q", String.join(" ", words));
            case THREE_ALTERNATIVES, TWO_ALTERNATIVES -> Map.of("q", String.join(" OU ", words));
            case PHRASE -> Map.of("q", '"' + String.join(" ", words) + '"');
            case PREFIX -> Map.of("q", words.getFirst() + "*");
            case MISSPELT -> Map.of("q", words.getFirst() + "~1");
            case WORD_OFFER_QUARTER -> during(variant, Map.of("q", words.getFirst(), "offer", offer(variant)));
            case NEWEST_OF_MONTH -> during(variant, Map.of("q", "*:*", "sort", "newest", "size", "20"));
            case FACETS -> Map.of("q", words.getFirst(), "size", "0", "facets", "offer,theme,kind");
            case MONTHS_OF_OFFER ->
                Map.of("q", "*:*", "offer", offer(variant), "size", "0", "interval", "month", "stats", "true");
        };
    }

    private Map<String, String> during(int variant, Map<String, String> others) {
        var parameters = new TreeMap<>(others);
        parameters.put("from", from(variant).toString());
        parameters.put("to", to(variant).toString());
        return parameters;
    }

    private static String misspelt(String word) {
        int middle = Math.max(1, word.length() / 2);
        return word.substring(0, middle) + (word.charAt(middle) == 'x' ? 'y' : 'x') + word.substring(middle + 1);
    }
}
