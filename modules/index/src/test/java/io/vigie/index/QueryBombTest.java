package io.vigie.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is typed ends within two seconds as an answer or a refusal, and the index goes on. */
class QueryBombTest {
    private static final int VERBATIMS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static VerbatimIndex index;

    @BeforeAll
    static void manyDifferentWords() throws IOException {
        index = open(Clock.systemUTC());
        var random = new Random(7);
        for (int i = 0; i < VERBATIMS; i++) {
            String words = IntStream.range(0, 20)
                    .mapToObj(word -> Integer.toString(random.nextInt(1 << 30), Character.MAX_RADIX))
                    .collect(Collectors.joining(" "));
            index.put(Verbatims.verbatim("id" + i, "facture mot" + i + " " + words));
        }
        index.refresh();
    }

    @AfterAll
    static void close() throws IOException {
        index.close();
    }

    static Stream<String> bombs() {
        return Stream.of(
                "(".repeat(6_000) + "a" + ")".repeat(6_000),
                "(".repeat(2_000) + "a" + ")".repeat(2_000),
                "/" + "(".repeat(1_500) + "a" + ")".repeat(1_500) + "/",
                "-(".repeat(1_300),
                "NOT ".repeat(1_000) + "a",
                "-".repeat(4_000) + "a",
                "*a".repeat(1_500),
                "*a*b*c*d*e*",
                ".*a.{30}",
                words(20_000, " OR "),
                words(128, " OR "),
                words(500, " "),
                words(128, "~ ") + "~",
                words(128, "~2 OU ") + "~2",
                words(100, "* OU ") + "*",
                words(128, " ").replace("mot", "mo*  mot"),
                "\"" + words(128, " ") + "\"~50",
                "mo* ".repeat(100),
                "1* OU 2*",
                "10* OU 11* OU 12* OU 13*",
                "offer:(fibre AND \"box",
                "facture AND",
                "[2020 TO",
                "\"",
                "\\",
                "foo:bar:baz",
                "\u0000",
                "()",
                "é".repeat(4_000),
                "é".repeat(4_000) + "~",
                "é".repeat(4_000) + "*",
                "\ud83d".repeat(2_000),
                "a-".repeat(2_000),
                "offer:" + "x".repeat(4_000),
                "id:(" + words(120, " OR ") + ")",
                "\"a\" ".repeat(1_000),
                "offer:".repeat(600),
                "id:id" + "*a".repeat(5),
                "id:id" + "*a".repeat(2_000),
                "id:" + "a*".repeat(31),
                "offer:" + "ab*".repeat(5) + "c".repeat(40),
                "theme:" + "x".repeat(4_000),
                "theme:(" + words(120, " OR ") + ")",
                "agent:(" + words(120, "* OR ") + ")",
                "date:[" + "[".repeat(4_000),
                "date:" + "9".repeat(4_000),
                "date:" + "9".repeat(3_000) + "j",
                "date:[0000 TO 9999-12-31T23:59:59+18:00]",
                "date:9999a",
                "note:" + "9".repeat(4_000),
                "note:(" + "0..10 OU ".repeat(120) + "3)",
                "sentiment:0," + "0".repeat(4_000) + "1",
                "is:" + "question".repeat(500),
                "langue:" + "\u0130".repeat(4_000));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void whateverIsTypedEndsInTime(String query) throws IOException {
        var started = Instant.now();

        var outcome = index.search(SearchRequest.of(query).withSize(100));

        assertThat(outcome).isNotNull();
        assertThat(Duration.between(started, Instant.now())).isLessThan(PATIENCE);
        assertThat(index.search(SearchRequest.of("facture")))
                .isInstanceOfSatisfying(
                        SearchResult.class, result -> assertThat(result.total()).isEqualTo(VERBATIMS));
    }

    /** Random strings of the signs of the language, the likeliest to meet a state nobody thought of. */
    @Test
    void anyMixOfSignsIsAnsweredOrRefused() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var pieces = new String[] {
            "(",
            ")",
            "\"",
            "-",
            "+",
            "*",
            "~",
            "~2",
            ":",
            "offer:",
            "ofre:",
            "AND",
            "OU",
            "NOT",
            " ",
            " ",
            "fa",
            "facture",
            "é",
            "'",
            "l'",
            "“",
            "”",
            "«",
            "»",
            "&&",
            "||",
            "\\",
            "/",
            "?",
            "\u0000",
            "\ud800",
            "12",
            "severity:",
            ">=3",
            "date:",
            "note:",
            "est:",
            "sans:",
            "thème:",
            "[",
            "{",
            "]",
            " TO ",
            "..",
            "7j",
            "2026-03",
            "-0.5",
            "%"
        };
        for (int i = 0; i < 2_000; i++) {
            var query = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                query.append(pieces[random.nextInt(pieces.length)]);
            }
            var outcome = index.search(SearchRequest.of(query.toString()));
            if (outcome instanceof Refused refused) {
                assertThat(refused.column().orElseThrow())
                        .as("-Dseed=%d: %s", seed, query)
                        .isBetween(1, query.length() + 1);
                assertThat(refused.detail()).as("-Dseed=%d: %s", seed, query).isNotBlank();
            }
        }
    }

    @Test
    void aPrefixOfTooManyWordsIsRefused() throws IOException {
        try (var wide = open(Clock.systemUTC())) {
            var words = new StringBuilder();
            for (int i = 0; i <= Expansion.WORDS_MAX; i++) {
                words.append("zz")
                        .append(Integer.toString(i, Character.MAX_RADIX))
                        .append(' ');
            }
            wide.put(Verbatims.verbatim("a", words.toString()));
            wide.refresh();

            assertThat(wide.search(SearchRequest.of("zz*"))).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.TOO_COMPLEX);
                assertThat(refused.detail()).contains("write more letters");
            });
            assertThat(wide.search(SearchRequest.of("zza*"))).isInstanceOf(SearchResult.class);
        }
    }

    @Test
    void aSearchThatTakesTooLongIsRefused() throws IOException {
        try (var slow = open(new SecondsPassClock())) {
            slow.put(Verbatims.verbatim("a", "facture"));
            slow.refresh();

            for (String query : new String[] {"facture", "fact*", "factrue~", "*"}) {
                assertThat(slow.search(SearchRequest.of(query)))
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_SLOW));
            }
        }
    }

    @Test
    void parametersOutOfRangeAreRefused() throws IOException {
        var request = SearchRequest.of("facture");
        var many = IntStream.rangeClosed(0, Search.FILTER_VALUES_MAX)
                .mapToObj(Integer::toString)
                .toArray(String[]::new);

        for (var wrong : new SearchRequest[] {
            request.withSize(-1),
            request.withSize(SearchRequest.SIZE_MAX + 1),
            request.withFrom(Instant.MAX).withTo(Instant.MIN),
            request.withFilter(Dimension.OFFER, many)
        }) {
            assertThat(index.search(wrong))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.BAD_PARAMETER));
        }
        assertThat(index.search(request.withFilter(Dimension.OFFER, "x".repeat(50_000))))
                .isInstanceOf(SearchResult.class);
        assertThat(index.search(new SearchRequest(
                        "",
                        Map.of(),
                        Optional.of(Instant.MIN),
                        Optional.of(Instant.MAX),
                        Sort.NEWEST,
                        1,
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        ZoneId.of("UTC"),
                        true)))
                .isInstanceOf(SearchResult.class);
    }

    private static String words(int count, String between) {
        return IntStream.range(0, count).mapToObj(i -> "mot" + i).collect(Collectors.joining(between));
    }

    private static VerbatimIndex open(Clock clock) throws IOException {
        return VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), clock);
    }

    /** A second passes each time somebody looks at it. */
    private static final class SecondsPassClock extends Clock {
        private long millis;

        @Override
        public Instant instant() {
            millis += 1_000;
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public long millis() {
            return instant().toEpochMilli();
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return InstantSource.offset(this, Duration.ZERO).withZone(zone);
        }
    }
}
