package io.vigie.index;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What can stand before a colon in a query, in English and in French, with or without accents and hyphens. */
enum QueryField {
    TEXT(Values.WORDS, VerbatimDocument.TEXT, "fibre", "text", "texte"),
    OFFER(Values.NAMES, VerbatimDocument.field(Dimension.OFFER), "fibre-pro", "offer", "offre"),
    THEME(Values.THEMES, VerbatimDocument.field(Dimension.THEME), "network.outage", "theme"),
    INTENT(Values.SYMBOLS, VerbatimDocument.field(Dimension.INTENT), "question", "intent", "intention"),
    KIND(Values.SYMBOLS, VerbatimDocument.field(Dimension.KIND), "call", "kind", "type"),
    LANGUAGE(Values.LANGUAGES, VerbatimDocument.field(Dimension.LANGUAGE), "fr", "lang", "langue", "language"),
    CHANNEL(Values.SYMBOLS, VerbatimDocument.field(Dimension.CHANNEL), "email", "channel", "canal"),
    PREFERRED_CHANNEL(
            Values.SYMBOLS, VerbatimDocument.PREFERRED_CHANNEL, "email", "preferredchannel", "canalprefere", "prefere"),
    DATE(Values.DATES, VerbatimDocument.OCCURRED_AT, "2026-03", "date", "occurredat"),
    SEVERITY(Values.NUMBERS, VerbatimDocument.SEVERITY, ">=3", "severity", "gravite"),
    NPS(Values.NUMBERS, VerbatimDocument.NPS, "0..6", "nps", "note"),
    CSAT(Values.NUMBERS, VerbatimDocument.CSAT, "<=2", "csat", "satisfaction"),
    CES(Values.NUMBERS, VerbatimDocument.CES, ">=5", "ces", "effort"),
    SENTIMENT(Values.NUMBERS, VerbatimDocument.SENTIMENT, "<-0.5", "sentiment"),
    CHURN_RISK(Values.NUMBERS, VerbatimDocument.CHURN_RISK, ">0.5", "churnrisk", "churn", "risque"),
    AGENT(Values.NAMES, VerbatimDocument.AGENT, "a-17", "agent", "agentid", "conseiller"),
    CUSTOMER(Values.CODES, VerbatimDocument.CUSTOMER, "q1w2e3", "customer", "customerkey", "client"),
    CONVERSATION(Values.NAMES, VerbatimDocument.CONVERSATION, "t-12", "conversation", "conversationid"),
    SOURCE(Values.NAMES, VerbatimDocument.SOURCE, "crm", "source"),
    MENTION(Values.NAMES, VerbatimDocument.MENTION, "\"fibre pro\"", "mention", "offermention"),
    CLASSIFIER(Values.NAMES, VerbatimDocument.CLASSIFIER, "2026*", "classifier", "classifieur", "version"),
    EVENT(Values.CODES, VerbatimDocument.EVENT, "e-12", "event", "eventid", "evenement"),
    ID(Values.CODES, VerbatimDocument.ID, "crm:t-12", "id", "verbatimid"),
    DUPLICATES(Values.SIGNATURES, VerbatimDocument.SIGNATURE, "3f2a9c0d51b7e684", "duplicates", "doublons"),
    IS(Values.TRAITS, VerbatimDocument.TRAIT, "question", "is", "est"),
    HAS(Values.FIELDS, VerbatimDocument.TRAIT, "theme", "has", "avec"),
    WITHOUT(Values.FIELDS, VerbatimDocument.TRAIT, "theme", "without", "sans");

    /** What the values of a field are. */
    enum Values {
        /** Words of a text, analysed. */
        WORDS,
        /** Names that people type: small and capital letters are one. */
        NAMES,
        /** Ids that are copied: exact. */
        CODES,
        THEMES,
        LANGUAGES,
        SYMBOLS,
        /** Of texts: 16 hexadecimal digits. */
        SIGNATURES,
        NUMBERS,
        DATES,
        TRAITS,
        /** Names of fields. */
        FIELDS
    }

    /** Fewest edits that are no likeness any more. */
    private static final int FAR = 3;
    /** Gives up early and says -1, so that a long value costs no more than a short one. */
    private static final LevenshteinDistance EDITS = new LevenshteinDistance(FAR - 1);

    private final Values values;
    private final String field;
    private final String example;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, which its type does not say
    private final List<String> names;

    QueryField(Values values, String field, String example, String... names) {
        this.values = values;
        this.field = field;
        this.example = example;
        this.names = List.of(names);
    }

    Values holds() {
        return values;
    }

    /** Its name in the index. */
    String field() {
        return field;
    }

    /** A value it may have. */
    String example() {
        return example;
    }

    /** Numbers and dates: values that have an order, for which brackets and comparison signs are syntax. */
    boolean isRanged() {
        return values == Values.NUMBERS || values == Values.DATES;
    }

    static Optional<QueryField> named(String name) {
        String plain = plain(name);
        return Arrays.stream(values())
                .filter(field -> field.names.contains(plain))
                .findFirst();
    }

    /** The name of a field that a name resembles. */
    static Optional<String> nearest(String name) {
        var all = Arrays.stream(values()).flatMap(field -> field.names.stream()).toList();
        return nearest(plain(name), all);
    }

    /** What a name that no field has was likely meant to be, as a sentence. */
    static String meant(String name) {
        var firsts =
                Arrays.stream(values()).map(field -> field.names.getFirst()).toList();
        return nearest(name)
                .map(near -> "did you mean " + near + ": ?")
                .orElse("fields are " + String.join(", ", firsts) + ".");
    }

    /** The candidate that differs least from a word, when it differs little. */
    static Optional<String> nearest(String word, Collection<String> candidates) {
        String best = "";
        // In a short word fewer edits make another word.
        int least = Math.min(FAR, word.length());
        for (String candidate : candidates) {
            int edits = EDITS.apply(word, candidate);
            if (edits >= 0 && edits < least) {
                best = candidate;
                least = edits;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** A name without accents, capitals and the signs that people put within one. */
    static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("[\\p{Mn}\\s\\h_'’-]", "")
                .toLowerCase(Locale.ROOT);
    }
}
