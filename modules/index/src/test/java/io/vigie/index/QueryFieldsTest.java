package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.themes;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field of the query language, against a real index. */
class QueryFieldsTest {
    private static final Instant NOW = Instant.parse("2026-03-29T10:15:30Z");

    private final VerbatimIndex index;

    QueryFieldsTest() throws IOException {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), clock);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    /** An angry call of the day before, a glad survey of the winter, and a ticket of nobody about nothing. */
    private void three() throws IOException {
        index.put(draft("a", "je pars")
                .setKind(Kind.CALL)
                .setEventId("Ev-1")
                .setConversationId("T-100")
                .setSource("Genesys")
                .setOccurredAt(Instant.parse("2026-03-28T22:59:59.999Z"))
                .setCustomerKey("k3yA")
                .setOfferId("Fibre-Pro")
                .setOfferMention("Fibre Pro Été")
                .setChannel(Channel.PHONE)
                .setPreferredChannel(Channel.EMAIL)
                .setAgentId("Agent.7")
                .setThemes(themes("network.outage", "billing.error"))
                .setSentiment(-0.75)
                .setSeverity(4)
                .setChurnRisk(0.5)
                .setChannelMismatch(true)
                .setClassifier("2026.1+taxo-3")
                .build());
        index.put(draft("b", "bravo")
                .setKind(Kind.SURVEY)
                .setConversationId("R-7")
                .setSource("qualtrics")
                .setOccurredAt(Instant.parse("2026-01-31T23:00:00Z"))
                .setOfferId("box-fibre-xl")
                .setChannel(Channel.WEB)
                .setLanguage("en")
                .setNps(9)
                .setCsat(5)
                .setCes(2)
                .setIntent(Intent.PRAISE)
                .setThemes(themes("network.slow"))
                .setSentiment(0.5)
                .setSeverity(0)
                .setChurnRisk(0)
                .setRedactions(Map.of("EMAIL", 1))
                .build());
        index.put(draft("c", "où en est-on")
                .setSource("crm")
                .setOccurredAt(NOW)
                .setNps(6)
                .setIntent(Intent.QUESTION)
                .setLanguage("und")
                .setSentiment(-0.0)
                .setSeverity(3)
                .build());
        index.refresh();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            agent:agent.7              | a
            conseiller:AGENT*          | a
            client:k3yA                | a
            client:K3YA                |
            customerKey:k3*            | a
            conversation:t-100         | a
            conversation:t-1*          | a
            source:genesys             | a
            source:(CRM OU qualtrics)  | b c
            event:Ev-1                 | a
            évènement:Ev-1             | a
            mention:"fibre pro été"    | a
            mention:fibre*pro*         | a
            version:2026.1*            | a
            classifieur:test-1         | b c
            offre:fibre-pro            | a
            offre:fib*pro              | a
            offre:box*fibre*xl         | b
            offre:box*                 | b
            type:appel                 | a
            type:enquête               | b
            canal:téléphone            | a
            canal:(site OU mail)       | b c
            canal:ph*                  | a
            canal-préféré:e-mail       | a
            preferredChannel:*         | a
            intention:éloge            | b
            intention:Q*               | c
            langue:anglais             | b
            langue:inconnue            | c
            langue:FR                  | a
            thème:Network.Outage       | a
            thème:network              | a b
            thème:NETWORK.*            | a b
            thème:outage               | a
            thème:net*slow             | b
            thème:"network"            | a b
            thème:roaming              |
            gravité:>=3                | a c
            gravité: >= 3              | a c
            gravité:≥3                 | a c
            gravité:>3                 | a
            gravité:=3                 | c
            gravité:<3                 | b
            gravité:3..4               | a c
            gravité:{3 TO 4]           | a
            gravité:{3 TO 3}           |
            note:0..6                  | c
            note:9                     | b
            note:*                     | b c
            note:[* TO *]              | b c
            note:>6,5                  | b
            nps:..8                    | c
            csat:>=4                   | b
            ces:<3                     | b
            sentiment:[-1 TO -0.5]     | a
            sentiment:[-1 TO -0,75]    | a
            sentiment:-0.75            | a
            sentiment:(-0.75 OU 0,5)   | a b
            sentiment:0                | c
            sentiment:<0               | a
            sentiment:>0               | b
            sentiment:>=0              | b c
            sentiment:<=0              | a c
            risque:>=50%               | a
            risque:>0.5                |
            churn:[0.1 TO *]           | a c
            date:2026-02               | b
            date:[2026-02 TO 2026-03]  | a b c
            date:hier                  | a
            date:aujourd'hui           | c
            date:24h                   | a c
            date:7j                    | a c
            date:2m                    | a b c
            date:1m                    | a c
            -date:7j                   | b
            date:<2026-03              | b
            date:(2026-02 OU today)    | b c
            est:question               | c
            is:complaint               | a
            est:plainte                | a
            est:éloge                  | b
            est:grave                  | a c
            est:partant                | a
            est:négatif                | a
            is:positive                | b
            est:promoteur              | b
            est:détracteur             | c
            is:passive                 |
            est:mauvais-canal          | a
            est:masqué                 | b
            est:(grave OU éloge)       | a b c
            -est:grave                 | b
            sans:thème                 | c
            avec:thème                 | a b
            has:nps                    | b c
            without:customer           | b c
            sans:offre                 | c
            avec:agent                 | a
            has:source                 | a b c
            (est:grave OU note:9) -source:crm | a b
            """)
    void everyFieldSelects(String query, String ids) throws IOException {
        three();

        var found = result(query).hits().stream()
                .map(hit -> hit.verbatim().getVerbatimId())
                .sorted()
                .toList();

        assertThat(found).isEqualTo(ids == null ? List.of() : List.of(ids.split(" ")));
    }

    @Test
    void datesFollowTheZoneOfTheRequest() throws IOException {
        three();
        var request = SearchRequest.of("date:2026-02-01");

        var inParis = (SearchResult) index.search(request.withHistogram(Interval.DAY, ZoneId.of("Europe/Paris")));
        var inUtc = (SearchResult) index.search(request.withHistogram(Interval.DAY, ZoneOffset.UTC));

        assertThat(inParis.total()).isOne();
        assertThat(inUtc.total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "thème:netwrok.outage,7,did you mean network.outage?",
        "thème:netwok,7,did you mean network?",
        "theme:(network OU biling),19,did you mean billing?"
    })
    void aThemeThatNobodyHasButOneResemblesIsASlip(String query, int column, String detail) throws IOException {
        three();

        var refused = (Refused) index.search(SearchRequest.of(query));

        assertThat(refused.reason()).isEqualTo(Refused.Reason.SYNTAX);
        assertThat(refused.column()).hasValue(column);
        assertThat(refused.detail()).contains(detail);
        assertThat(result(query.replaceAll("(netw[a-z.]*|biling)", "\"$1\"")).hits())
                .hasSizeLessThan(3);
    }

    @ParameterizedTest
    @CsvSource({
        "offre:fi*b*r*e*p*o*,more than 5 stars",
        "offre:fibreeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee*,more than 64 characters"
    })
    void aValueMayHaveSoManyStarsAndCharactersAndNotOneMore(String query, String detail) throws IOException {
        var refused = (Refused) index.search(SearchRequest.of(query));

        assertThat(refused.reason()).isEqualTo(Refused.Reason.TOO_COMPLEX);
        assertThat(refused.column()).hasValue(7);
        assertThat(refused.detail()).contains(detail);
        assertThat(index.search(SearchRequest.of("offre:fi*b*r*e*p"))).isInstanceOf(SearchResult.class);
    }

    @Test
    void aWildcardIsCountedByWhatTheSearchWalksThrough() throws IOException {
        for (int i = 0; i <= Expansion.WORDS_MAX; i++) {
            index.put(draft("id" + i, "x").setConversationId("conv" + i).build());
        }
        index.refresh();

        assertThat(index.search(SearchRequest.of("conversation:conv*zzz")))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Refused.Reason.TOO_COMPLEX);
                    assertThat(refused.detail()).contains("write more letters");
                });
        assertThat(result("conversation:conv1*9999").total()).isOne();
    }

    /** Numbers of random verbatims, compared as Lucene does and as Java does. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void rangesAreThoseOfAModel(int round) throws IOException {
        long seed = Long.getLong("seed", System.nanoTime()) + round;
        var random = new Random(seed);
        var verbatims = new ArrayList<Verbatim>();
        for (int i = 0; i < 200; i++) {
            verbatims.add(draft("id" + i, "x")
                    .setSeverity(random.nextInt(5))
                    .setSentiment((random.nextInt(9) - 4) / 4.0)
                    .build());
            index.put(verbatims.getLast());
        }
        index.refresh();
        for (int i = 0; i < 100; i++) {
            int least = random.nextInt(5);
            int most = least + random.nextInt(5 - least);
            boolean withLeast = random.nextBoolean();
            boolean withMost = random.nextBoolean();
            String whole = "severity:" + range(least, most, withLeast, withMost);
            String real = "sentiment:" + range((least - 2) / 2.0, (most - 2) / 2.0, withLeast, withMost);

            assertThat(result(whole).total())
                    .as("-Dseed=%d: %s", seed - round, whole)
                    .isEqualTo(count(verbatims, v -> within(v.getSeverity(), least, most, withLeast, withMost)));
            assertThat(result(real).total())
                    .as("-Dseed=%d: %s", seed - round, real)
                    .isEqualTo(count(
                            verbatims, v -> within(v.getSentiment() * 2 + 2, least, most, withLeast, withMost)));
        }
    }

    private static String range(Number least, Number most, boolean withLeast, boolean withMost) {
        return (withLeast ? "[" : "{") + least + " TO " + most + (withMost ? "]" : "}");
    }

    private static boolean within(double value, double least, double most, boolean withLeast, boolean withMost) {
        return (withLeast ? value >= least : value > least) && (withMost ? value <= most : value < most);
    }

    private static long count(List<Verbatim> verbatims, Predicate<Verbatim> wanted) {
        return verbatims.stream().filter(wanted).count();
    }

    private SearchResult result(String query) throws IOException {
        return (SearchResult) index.search(SearchRequest.of(query));
    }
}
