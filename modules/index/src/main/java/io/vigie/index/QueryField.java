package io.vigie.index;

import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What can stand before a colon in a query, in English and in French, with or without accents. */
enum QueryField {
    TEXT(VerbatimDocument.TEXT, "texte"),
    OFFER(VerbatimDocument.field(Dimension.OFFER), "offre"),
    THEME(VerbatimDocument.field(Dimension.THEME), "theme"),
    INTENT(VerbatimDocument.field(Dimension.INTENT), "intention"),
    KIND(VerbatimDocument.field(Dimension.KIND), "type"),
    LANGUAGE(VerbatimDocument.field(Dimension.LANGUAGE), "langue"),
    CHANNEL(VerbatimDocument.field(Dimension.CHANNEL), "canal"),
    SEVERITY(VerbatimDocument.SEVERITY, "gravite"),
    ID(VerbatimDocument.ID, "id");

    private static final int FAR = 3;

    private final String field;
    private final String french;

    QueryField(String field, String french) {
        this.field = field;
        this.french = french;
    }

    /** Its name in the index. */
    String field() {
        return field;
    }

    private List<String> names() {
        return List.of(field, french);
    }

    static Optional<QueryField> named(String name) {
        String plain = plain(name);
        return Arrays.stream(values())
                .filter(field -> field.names().contains(plain))
                .findFirst();
    }

    /** The name of a field that looks most like one that is none. */
    static String nearest(String name) {
        var all =
                Arrays.stream(values()).flatMap(field -> field.names().stream()).toList();
        return nearest(plain(name), all, Integer.MAX_VALUE).orElseThrow();
    }

    /** The only values this field can have, empty when it can have any. */
    List<String> symbols() {
        return switch (this) {
            case INTENT -> symbols(Intent.values());
            case KIND -> symbols(Kind.values());
            case CHANNEL -> symbols(Channel.values());
            case TEXT, OFFER, THEME, LANGUAGE, SEVERITY, ID -> List.of();
        };
    }

    /** The candidate that differs least from a word, when it differs little. */
    static Optional<String> nearest(String word, Collection<String> candidates) {
        return nearest(word, candidates, FAR);
    }

    private static Optional<String> nearest(String word, Collection<String> candidates, int far) {
        String best = "";
        int least = far;
        for (String candidate : candidates) {
            int edits = LevenshteinDistance.getDefaultInstance().apply(word, candidate);
            if (edits < least) {
                best = candidate;
                least = edits;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static List<String> symbols(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}", "")
                .toLowerCase(Locale.ROOT);
    }
}
