package io.vigie.index;

import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How people call the values of a field that has only a few: by their symbols, and in French. */
final class QuerySymbols {
    private static final QuerySymbols INTENTS = new QuerySymbols(
            Intent.values(),
            Map.of(
                    "plainte", "COMPLAINT",
                    "reclamation", "COMPLAINT",
                    "demande", "REQUEST",
                    "eloge", "PRAISE",
                    "compliment", "PRAISE",
                    "autre", "OTHER"));
    private static final QuerySymbols KINDS =
            new QuerySymbols(Kind.values(), Map.of("appel", "CALL", "enquete", "SURVEY", "sondage", "SURVEY"));
    private static final QuerySymbols CHANNELS = new QuerySymbols(
            Channel.values(),
            Map.ofEntries(
                    Map.entry("mail", "EMAIL"),
                    Map.entry("courriel", "EMAIL"),
                    Map.entry("telephone", "PHONE"),
                    Map.entry("tel", "PHONE"),
                    Map.entry("tchat", "CHAT"),
                    Map.entry("site", "WEB"),
                    Map.entry("reseaux", "SOCIAL"),
                    Map.entry("reseauxsociaux", "SOCIAL"),
                    Map.entry("boutique", "STORE"),
                    Map.entry("magasin", "STORE"),
                    Map.entry("texto", "SMS"),
                    Map.entry("courrier", "LETTER"),
                    Map.entry("lettre", "LETTER"),
                    Map.entry("autre", "OTHER")));
    private static final Map<String, String> LANGUAGES =
            Map.of("francais", "fr", "french", "fr", "anglais", "en", "english", "en", "inconnue", "und");

    private final List<String> symbols;
    private final Map<String, String> byName = new TreeMap<>();

    private QuerySymbols(Enum<?>[] values, Map<String, String> french) {
        symbols = List.of(values).stream().map(Enum::name).toList();
        symbols.forEach(symbol -> byName.put(QueryField.plain(symbol), symbol));
        byName.putAll(french);
    }

    /** The code of a language that may be given by its name. */
    static String language(String value) {
        return LANGUAGES.getOrDefault(QueryField.plain(value), value);
    }

    /** The symbol that a value names. */
    static String symbol(QueryField field, String value, int column) throws QueryRefused {
        String symbol = of(field).byName.get(QueryField.plain(value));
        if (symbol == null) {
            throw unknown(field, value, column);
        }
        return symbol;
    }

    /** The symbols with a name that starts so, at least one. */
    static Collection<String> startingWith(QueryField field, String start, int column) throws QueryRefused {
        var found = new TreeSet<String>();
        String plain = QueryField.plain(start);
        of(field).byName.forEach((name, symbol) -> {
            if (name.startsWith(plain)) {
                found.add(symbol);
            }
        });
        if (found.isEmpty()) {
            throw unknown(field, start + "*", column);
        }
        return found;
    }

    private static QuerySymbols of(QueryField field) {
        return switch (field) {
            case INTENT -> INTENTS;
            case KIND -> KINDS;
            case CHANNEL, PREFERRED_CHANNEL -> CHANNELS;
            default -> throw new IllegalArgumentException("the values of " + field + " are not symbols");
        };
    }

    private static QueryRefused unknown(QueryField field, String value, int column) {
        var known = of(field);
        var meant = QueryField.nearest(QueryField.plain(value), known.byName.keySet())
                .map(List::of)
                .orElse(known.symbols.stream().map(QueryField::plain).toList());
        return unknown(field.field(), value, column, meant);
    }

    static QueryRefused unknown(String field, String value, int column, Collection<String> meant) {
        return QueryRefused.syntax(
                column,
                "unknown " + field + " " + value + " at column " + column + "; did you mean " + String.join(", ", meant)
                        + "?");
    }
}
