package io.vigie.app;

import static io.vigie.app.SampleEvents.call;
import static io.vigie.app.SampleEvents.survey;
import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.OfferTheme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way of an event through the running program, from outside. */
@ExtendWith(RunningVigie.class)
final class UpIT {
    private static final Duration SEEN_MAX = Duration.ofSeconds(30);
    private static final Topics TOPICS = Topics.standard();

    private final VigieProcess vigie;
    private final VigieHttp http;

    UpIT(VigieProcess vigie) {
        this.vigie = vigie;
        this.http = vigie.http();
    }

    @Test
    void aTicketIsFoundClassifiedRedactedAndExplained() {
        http.accept(
                "tickets",
                ticket(
                        "way-1",
                        null,
                        "Bonjour, plus d'internet ni de téléphone à l'atelier Pivoine depuis hier soir."
                                + " Merci de me rappeler au 06 39 98 11 22 ou à l.martin@exemple.fr."));

        JsonNode hit = awaitOne("telephone pivoine");

        assertThat(hit.path("id").asText()).isEqualTo("it:way-1");
        assertThat(hit.path("intent").asText()).isEqualTo("COMPLAINT");
        assertThat(hit.path("kind").asText()).isEqualTo("TICKET");
        assertThat(hit.path("language").asText()).isEqualTo("fr");
        assertThat(hit.path("text").asText()).doesNotContain("06 39", "exemple.fr");
        assertThat(hit.path("redactions").properties()).hasSize(2);
        assertThat(hit.findValuesAsText("theme")).contains("network.outage");
        assertThat(evidence(hit, "network.outage")).isNotEmpty().allMatch(words -> !words.isBlank());
        assertThat(marked(hit)).contains("téléphone", "Pivoine");
        assertThat(http.get("/api/v1/verbatims/it:way-1").body().path("text")).isEqualTo(hit.path("text"));
    }

    @Test
    void theRegistryStartsWithWhatItHasLearned() throws IOException {
        long registry = vigie.registryProcess().orElseThrow().pid();
        Path maps = Path.of("/proc", Long.toString(registry), "maps");
        assumeTrue(Files.exists(maps), "skipped: only Linux tells what a process has mapped");

        assertThat(maps).content().contains("registry.aot");
    }

    @Test
    void onlyTheCustomersWordsOfACallAreKept() {
        http.accept(
                "calls",
                call(
                        "way-2",
                        null,
                        "Bonjour, voulez-vous résilier le forfait Glaïeul ?",
                        "Non, je voudrais savoir si le port 587 est bloqué en sortie sur l'offre Glaïeul."));

        JsonNode hit = awaitOne("\"port 587\"");

        assertThat(hit.path("intent").asText()).isEqualTo("QUESTION");
        assertThat(hit.path("text").asText()).doesNotContain("résilier");
        assertThat(http.total("q", "resilier glaieul")).isZero();
    }

    @Test
    void eachAnswerOfASurveyIsAVerbatimOfItsOwn() {
        http.accept(
                "surveys",
                survey(
                        "way-3",
                        null,
                        "Merci à la technicienne, raccordement Camélia impeccable !",
                        "La facture Camélia du mois de mai est fausse, c'est inadmissible."));

        await().atMost(SEEN_MAX).until(() -> http.total("q", "camelia") == 2);

        assertThat(http.only("camelia impeccable").path("intent").asText()).isEqualTo("PRAISE");
        assertThat(http.only("camelia facture").path("id").asText()).isEqualTo("it:way-3:q2");
    }

    @Test
    void aSearchIsInTheJournalWithoutThePersonalDataInIt() {
        http.get("/api/v1/search?q=Hortensia+06+39+98+11+22");

        await().atMost(SEEN_MAX).until(() -> journal().contains("Hortensia"));

        assertThat(journal()).contains("q=Hortensia [", "\"user\":\"local\"").doesNotContain("39 98");
    }

    private String journal() {
        return http.get("/api/v1/audit?action=SEARCH&size=500").body().toString();
    }

    @Test
    void aChannelTheCustomerDidNotWantIsSeen() {
        http.accept(
                "tickets",
                ticket("way-4", null, "Vos vendeurs m'appellent chaque jour, je voulais un mail. Dossier Dahlia.")
                        .put("preferredChannel", "EMAIL")
                        .put("channel", "PHONE"));

        assertThat(awaitOne("dahlia").path("channelMismatch").asBoolean()).isTrue();
    }

    @Test
    void anEventRightAfterItsOfferResolvesToItByAnyOfItsNames() {
        http.putOffer("fibre-anemone", "Fibre Anémone ++", "FA-PLUS");

        http.accept(
                "tickets",
                ticket("names-1", "fibre-anemone", "Débit trop lent, dossier Anemonea."),
                ticket("names-2", "FIBRE ANEMONE ++", "Débit trop lent, dossier Anemonea."),
                ticket("names-3", "fa plus", "Débit trop lent, dossier Anemonea."),
                ticket("names-4", "Fibre Inconnue", "Débit trop lent, dossier Anemonea."),
                ticket("names-5", null, "Débit trop lent, dossier Anemonea."));

        await().atMost(SEEN_MAX).until(() -> http.total("q", "anemonea") == 5);
        assertThat(http.total("q", "anemonea", "offer", "fibre-anemone")).isEqualTo(3);
        assertThat(http.total("q", "anemonea", "offer", Topics.UNASSIGNED)).isEqualTo(2);
    }

    @Test
    void complaintsAreInTheTopicOfTheirOfferAndItsThemesAreCounted() {
        http.putOffer("box-bleuet", "Box Bleuet");
        var events = new ArrayList<JsonNode>();
        for (int i = 0; i < 20; i++) {
            String text = i % 4 == 0
                    ? "Merci, la box Bleuet marche très bien."
                    : "La facture de la box Bleuet est fausse, j'ai été prélevé deux fois, c'est inadmissible.";
            events.add(ticket("bleuet-" + i, "box-bleuet", text));
        }
        events.addAll(events.subList(0, 10));

        http.accept("tickets", events.toArray(JsonNode[]::new));

        await().atMost(SEEN_MAX).until(() -> http.total("q", "*:*", "offer", "box-bleuet") == 20);
        try (var schemas = vigie.schemas()) {
            var verbatims =
                    TopicRecords.last(vigie.bootstrapServers(), TOPICS.verbatims(), schemas.decoder(Verbatim.class));
            verbatims.values().removeIf(verbatim -> !verbatim.getOfferId().equals("box-bleuet"));
            var expected = new ThemeCounts(verbatims.values());
            await().atMost(SEEN_MAX).untilAsserted(() -> {
                var complaints = TopicRecords.in(vigie.bootstrapServers(), TOPICS.complaints("box-bleuet"));
                assertThat(complaints)
                        .hasSize(15)
                        .allSatisfy(record -> assertThat(
                                        TopicRecords.decoded(schemas.decoder(Verbatim.class), record.value())
                                                .getOfferId())
                                .isEqualTo("box-bleuet"));
            });
            await().atMost(SEEN_MAX).untilAsserted(() -> {
                var counts = TopicRecords.last(
                        vigie.bootstrapServers(), TOPICS.offerThemes(), schemas.decoder(OfferTheme.class));
                counts.values().removeIf(count -> !count.getOfferId().equals("box-bleuet"));
                expected.assertEqualTo(counts);
            });
            assertThat(expected.size()).isPositive();
        }
    }

    @Test
    void anAbortedTransactionNeverShows() {
        http.putOffer("box-crocus", "Box Crocus");
        try (var schemas = vigie.schemas();
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers", vigie.bootstrapServers(), "transactional.id", "it-aborting"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.initTransactions();
            for (int i = 0; i < 30; i++) {
                producer.beginTransaction();
                var event = AvroSamples.ticket("crocus-" + i, "ticket-crocus", "Panne, dossier Crocus " + i);
                var _ = producer.send(new ProducerRecord<>(
                        TOPICS.tickets(),
                        event.getTicketId(),
                        schemas.serializer().serialize(TOPICS.tickets(), event)));
                if (i % 3 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.flush();
                    producer.abortTransaction();
                }
            }
        }

        // The same partition, so whatever is before it has been seen when it is.
        http.accept("tickets", ticket("crocus-last", null, "Dossier Crocusfin").put("ticketId", "ticket-crocus"));

        awaitOne("crocusfin");
        assertThat(http.total("q", "crocus")).isEqualTo(10);
    }

    @Test
    void anOpenTransactionHoldsUpWhatIsBehindItAndNothingIsSkipped() {
        try (var schemas = vigie.schemas();
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers", vigie.bootstrapServers(), "transactional.id", "it-hanging"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var open = AvroSamples.ticket("garance-1", "ticket-garance", "Dossier Garance ouvert");
            var _ = producer.send(new ProducerRecord<>(
                    TOPICS.tickets(), open.getTicketId(), schemas.serializer().serialize(TOPICS.tickets(), open)));
            producer.flush();
            http.accept("tickets", ticket("garance-2", null, "Dossier Garance").put("ticketId", "ticket-garance"));
            http.accept("calls", call("garance-3", null, "Bonjour", "Dossier Garanceappel"));
            awaitOne("garanceappel");
            assertThat(http.total("q", "garance")).isZero();
            assertThat(open(Clock.systemUTC())).isEmpty();
            var later = Clock.offset(Clock.systemUTC(), OpenTransactions.OPEN_MAX);
            assertThat(open(later))
                    .singleElement()
                    .satisfies(told -> assertThat(told)
                            .contains(
                                    "an open transaction holds up voc.tickets-",
                                    "producer id ",
                                    "transactional.id is it-hanging")
                            .containsPattern(
                                    "kafka-transactions.sh --bootstrap-server \\S+ abort --topic voc.tickets --partition \\d+"
                                            + " --start-offset \\d+$"));

            producer.abortTransaction();

            assertThat(awaitOne("garance").path("id").asText()).isEqualTo("it:garance-2");
            assertThat(open(later)).isEmpty();
        }
    }

    /** The transactions of raw events that somebody has left open, as the doctor tells them at that time. */
    private List<String> open(Clock clock) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", vigie.bootstrapServers()))) {
            return new OpenTransactions(admin, clock)
                    .in(TOPICS.tickets()::equals).stream()
                            .map(open -> open.told(vigie.bootstrapServers()))
                            .toList();
        }
    }

    @Test
    void theSameEventAgainChangesNothingHoweverItComes() {
        http.accept("tickets", ticket("again-1", null, "Dossier Edelweiss, la box redémarre toute seule."));
        awaitOne("edelweiss");

        http.accept("tickets", ticket("again-1", null, "Dossier Edelweiss, la box redémarre toute seule."));
        http.accept(
                "tickets",
                ticket("again-2", null, "Dossier Edelweissfin").put("ticketId", "ticket-again-1"),
                ticket("again-1", null, "Dossier Edelweiss, un autre texte."));

        awaitOne("edelweissfin");
        assertThat(http.total("q", "edelweiss")).isEqualTo(1);
        var written = TopicRecords.in(vigie.bootstrapServers(), TOPICS.verbatims()).stream()
                .filter(record -> TopicRecords.key(record).equals("it:again-1"));
        assertThat(written).hasSize(1);
    }

    private JsonNode awaitOne(String query) {
        await().atMost(SEEN_MAX).pollInterval(Duration.ofMillis(50)).until(() -> http.total("q", query) == 1);
        return http.only(query);
    }

    private static List<String> evidence(JsonNode hit, String theme) {
        var words = new ArrayList<String>();
        for (JsonNode each : hit.path("themes")) {
            if (each.path("theme").asText().equals(theme)) {
                each.path("evidence").forEach(range -> words.add(cut(hit, range)));
            }
        }
        return words;
    }

    private static List<String> marked(JsonNode hit) {
        var words = new ArrayList<String>();
        hit.path("highlights").forEach(range -> words.add(cut(hit, range)));
        return words;
    }

    private static String cut(JsonNode hit, JsonNode range) {
        return hit.path("text")
                .asText()
                .substring(range.path("start").asInt(), range.path("end").asInt());
    }

    @Test
    void anErasedCustomerIsGoneFromSearchTopicsAndTheDisk() throws Exception {
        http.accept(
                "tickets",
                forCustomer("erase-1", "erased/1", "Panne Zinzolinverasure, c'est inadmissible."),
                forCustomer("erase-2", "erased/1", "Encore une panne Zinzolinverasure, je résilie."),
                forCustomer("erase-3", "kept-1", "Panne de la box Amarantekeeper, inadmissible."));
        await().atMost(SEEN_MAX)
                .until(() -> http.total("q", "zinzolinverasure") == 2 && http.total("q", "amarantekeeper") == 1);
        await().atMost(SEEN_MAX).until(() -> complaints().keySet().containsAll(List.of("it:erase-1", "it:erase-2")));

        var tried = vigie.command("erase", "erased/1", "--dry-run");
        var erased = vigie.command("erase", "erased/1", "--wait");
        http.accept(
                "tickets",
                forCustomer("erase-4", "erased/1", "Zinzolinverasure, redit.").put("occurredAt", 1_700_000_000_000L));
        http.accept("tickets", forCustomer("erase-5", "erased/1", "Bonjour Pourprecomeback."));
        await().atMost(SEEN_MAX).until(() -> http.total("q", "pourprecomeback") == 1);
        await().atMost(SEEN_MAX).until(() -> http.metrics().contains("vigie_events_erased_total{kind=\"ticket\"} 1"));

        assertThat(tried.out()).isEqualTo("2 verbatims would be erased\n  2 of unassigned\n");
        assertThat(erased.exit()).isZero();
        assertThat(erased.out())
                .contains("requested; its receipt is at /api/v1/erasures/", ": logically-gone\n")
                .containsPattern("verbatims +2 verbatims, gone since")
                .containsPattern("complaints +2 verbatims, gone since")
                .containsPattern("contacts +2 contacts, gone since")
                .containsPattern("contact-history +2 contacts, gone since")
                .containsPattern("promises +0 promises, gone since")
                .containsPattern("events +kept by retention until")
                .containsPattern("dead-letters +kept by retention until")
                .containsPattern("index:\\S+ +gone from the disk since");
        assertThat(http.total("q", "zinzolinverasure")).isZero();
        assertThat(http.total("q", "amarantekeeper")).isEqualTo(1);
        assertThat(complaints()).doesNotContainKeys("it:erase-1", "it:erase-2").containsKey("it:erase-3");
        try (var schemas = vigie.schemas()) {
            assertThat(TopicRecords.last(vigie.bootstrapServers(), TOPICS.verbatims(), schemas.decoder(Verbatim.class)))
                    .doesNotContainKeys("it:erase-1", "it:erase-2", "it:erase-4")
                    .containsKeys("it:erase-3", "it:erase-5");
        }
        assertThat(filesWith("inzolinverasur")).isEmpty();
        assertThat(filesWith("marantekeepe")).isNotEmpty();
    }

    private Map<String, Verbatim> complaints() {
        try (var schemas = vigie.schemas()) {
            return TopicRecords.last(
                    vigie.bootstrapServers(), TOPICS.complaints(Topics.UNASSIGNED), schemas.decoder(Verbatim.class));
        }
    }

    private static ObjectNode forCustomer(String id, String customer, String body) {
        return ticket(id, null, body).put("customerId", customer);
    }

    /** The files of the index that have these bytes. */
    private List<Path> filesWith(String bytes) throws IOException {
        var found = new ArrayList<Path>();
        try (var files = Files.walk(vigie.data().resolve("index"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .contains(bytes)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
