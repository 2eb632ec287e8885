package io.vigie.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/** Queries nobody wrote: random expressions said and read again, and valid queries broken at random places. */
class QueryRandomTest {
    private static final int EXPRESSIONS = 3_000;
    private static final int MUTANTS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final List<String> WORDS = List.of("box", "fibre", "l'adsl", "wi-fi", "été", "port25", "C++", "?");
    private static final List<String> VALUED = List.of(
            "offre:fibre-pro",
            "thème:network.*",
            "thème:\"network\"",
            "gravité:>=3",
            "note:0..6",
            "sentiment:[-1 TO -0,5]",
            "risque:{0.5 TO *}",
            "date:2026-03-12T09:30",
            "date:[2026-01 TO 2026-03]",
            "date:7j",
            "date:hier",
            "est:question",
            "sans:agent",
            "canal-préféré:(mail OU sms)",
            "offre:fib*pro",
            "id:crm:t-12",
            "\"port 25\"~3",
            "factrue~1",
            "fact*",
            "-(box OU \"fibre pro\")");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void anExpressionThatIsSaidIsReadAsItself() throws QueryRefused {
        for (int i = 0; i < EXPRESSIONS; i++) {
            var expression = expression(4);
            String query = said(expression);

            assertThat(withoutColumns(QueryParser.parse(query)))
                    .as("-Dseed=%d: %s", seed, query)
                    .isEqualTo(expression);
        }
    }

    @Test
    void aBrokenQueryIsAnsweredOrRefusedAtAPlaceWithinIt() throws IOException {
        try (var index = VerbatimIndex.open(
                new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC())) {
            index.put(Verbatims.draft("a", "la box fibre, port 25")
                    .setOfferId("fibre-pro")
                    .setThemes(Verbatims.themes("network.outage"))
                    .build());
            index.refresh();
            for (int i = 0; i < MUTANTS; i++) {
                String query = broken(valid());
                long started = System.nanoTime();

                var outcome = index.search(SearchRequest.of(query));

                assertThat(Duration.ofNanos(System.nanoTime() - started))
                        .as("-Dseed=%d: %s", seed, query)
                        .isLessThan(PATIENCE);
                if (outcome instanceof Refused refused) {
                    assertThat(refused.column().orElseThrow())
                            .as("-Dseed=%d: %s", seed, query)
                            .isBetween(1, query.length());
                    assertThat(refused.detail())
                            .as("-Dseed=%d: %s", seed, query)
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void whatIsBrokenIsAnsweredBefore() throws IOException {
        try (var index = VerbatimIndex.open(
                new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC())) {
            for (String query : VALUED) {
                assertThat(index.search(SearchRequest.of(query))).as(query).isInstanceOf(SearchResult.class);
            }
        }
    }

    private String valid() {
        var parts = new ArrayList<String>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            parts.add(any(random.nextBoolean() ? VALUED : WORDS));
        }
        return String.join(any(List.of(" ", " OU ", " SAUF ", " ET ")), parts);
    }

    /** Some characters lost, doubled, swapped or replaced by signs of the language. */
    private String broken(String query) {
        var broken = new StringBuilder(query);
        for (int i = random.nextInt(4); i >= 0 && !broken.isEmpty(); i--) {
            int at = random.nextInt(broken.length());
            switch (random.nextInt(4)) {
                case 0 -> broken.deleteCharAt(at);
                case 1 -> broken.insert(at, broken.charAt(at));
                case 2 -> broken.setCharAt(at, any(List.of('"', '(', ')', '[', ']', '*', '~', ':', '>', '-', ' ')));
                default -> broken.delete(at, Math.min(broken.length(), at + random.nextInt(6)));
            }
        }
        return broken.toString();
    }

    private Expression expression(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> new Expression.Word(QueryField.TEXT, any(List.of("box", "l'adsl", "wi-fi", "C++", "ou")), 0);
            case 1 -> new Expression.Phrase(QueryField.TEXT, "port (25) : non", random.nextInt(3), 0);
            case 2 ->
                any(List.of(
                        new Expression.Word(QueryField.SEVERITY, ">=3", 0),
                        new Expression.Word(QueryField.DATE, "[2026-01 TO *]", 0),
                        new Expression.Word(QueryField.SENTIMENT, "-0.5", 0),
                        new Expression.Word(QueryField.ID, "crm:t-12", 0),
                        new Expression.Any(QueryField.OFFER),
                        new Expression.Phrase(QueryField.OFFER, "fibre pro", 0, 0)));
            case 3 ->
                any(List.of(
                        new Expression.Prefix(QueryField.TEXT, "fact", 0),
                        new Expression.Prefix(QueryField.THEME, "network.", 0),
                        new Expression.Wildcard(QueryField.OFFER, "fib*pro", 0)));
            case 4 ->
                any(List.of(
                        new Expression.Fuzzy(QueryField.TEXT, "factrue", Expression.Fuzzy.EDITS_BY_LENGTH, 0),
                        new Expression.Fuzzy(QueryField.TEXT, "factrue", 2, 0),
                        new Expression.All()));
            case 5 -> new Expression.Not(notANot(expression(depth - 1)));
            case 6 -> new Expression.And(List.of(expression(depth - 1), expression(depth - 1)));
            default -> new Expression.Or(List.of(expression(depth - 1), expression(depth - 1), expression(depth - 1)));
        };
    }

    /** Two exclusions are none. */
    private static Expression notANot(Expression expression) {
        return expression instanceof Expression.Not(Expression inner) ? inner : expression;
    }

    private String said(Expression expression) {
        return switch (expression) {
            case Expression.All() -> any(List.of("*", "*:*"));
            case Expression.Any(QueryField field) -> named(field) + "*";
            case Expression.Word word -> named(word.field()) + word.text();
            case Expression.Phrase phrase ->
                named(phrase.field()) + '"' + phrase.text() + '"' + (phrase.slop() == 0 ? "" : "~" + phrase.slop());
            case Expression.Prefix prefix -> named(prefix.field()) + prefix.text() + "*";
            case Expression.Wildcard wildcard -> named(wildcard.field()) + wildcard.pattern();
            case Expression.Fuzzy fuzzy -> fuzzy.text() + "~" + (fuzzy.edits() < 0 ? "" : fuzzy.edits());
            case Expression.Not(Expression excluded) -> any(List.of("-", "NOT ", "SAUF ")) + said(excluded);
            case Expression.And(List<Expression> parts) -> joined(parts, any(List.of(" ", " ET ", " AND ", " && ")));
            case Expression.Or(List<Expression> parts) -> joined(parts, any(List.of(" OU ", " OR ", " || ")));
        };
    }

    private String joined(List<Expression> parts, String sign) {
        return parts.stream().map(this::said).collect(Collectors.joining(sign, "(", ")"));
    }

    private String named(QueryField field) {
        return switch (field) {
            case TEXT -> any(List.of("", "", "texte:"));
            case SEVERITY -> any(List.of("gravité:", "severity: "));
            case OFFER -> any(List.of("offre:", "OFFER:"));
            default -> QueryField.plain(field.name()).replace("churnrisk", "risque") + ":";
        };
    }

    private static Expression withoutColumns(Expression expression) {
        return switch (expression) {
            case Expression.All all -> all;
            case Expression.Any any -> any;
            case Expression.Word(QueryField field, String text, int ignored) -> new Expression.Word(field, text, 0);
            case Expression.Phrase(QueryField field, String text, int slop, int ignored) ->
                new Expression.Phrase(field, text, slop, 0);
            case Expression.Prefix(QueryField field, String text, int ignored) -> new Expression.Prefix(field, text, 0);
            case Expression.Wildcard(QueryField field, String text, int ignored) ->
                new Expression.Wildcard(field, text, 0);
            case Expression.Fuzzy(QueryField field, String text, int edits, int ignored) ->
                new Expression.Fuzzy(field, text, edits, 0);
            case Expression.Not(Expression excluded) -> new Expression.Not(withoutColumns(excluded));
            case Expression.And(List<Expression> parts) -> new Expression.And(withoutColumns(parts));
            case Expression.Or(List<Expression> parts) -> new Expression.Or(withoutColumns(parts));
        };
    }

    private static List<Expression> withoutColumns(List<Expression> parts) {
        return parts.stream().map(QueryRandomTest::withoutColumns).toList();
    }

    private <T> T any(List<? extends T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
