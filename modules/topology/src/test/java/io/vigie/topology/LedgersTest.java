package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Author;
import io.vigie.events.Breach;
import io.vigie.events.BreachKind;
import io.vigie.events.CallEvent;
import io.vigie.events.Channel;
import io.vigie.events.Contact;
import io.vigie.events.ContactDirection;
import io.vigie.events.Direction;
import io.vigie.events.Intent;
import io.vigie.events.Offer;
import io.vigie.events.Promise;
import io.vigie.events.PromiseState;
import io.vigie.events.Question;
import io.vigie.events.Speaker;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import io.vigie.events.Turn;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both topologies, one behind the other: raw events in, promises and breaches out. */
class LedgersTest {
    private static final Topics TOPICS = Topics.standard();
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    /** A Thursday. */
    private static final String THURSDAY = "2025-11-06T10:00";

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private Instant now = at(THURSDAY);
    private TopologyTestDriver first;
    private TopologyTestDriver second;
    private final List<TestRecord<String, Promise>> promises = new ArrayList<>();
    private final List<TestRecord<String, Breach>> breaches = new ArrayList<>();

    @BeforeEach
    void start() {
        first = new TopologyTestDriver(
                VerbatimTopology.build(
                        TOPICS,
                        registry,
                        new VerbatimTopology.Parts(
                                Understandings::nothing,
                                new CustomerKeys("a secret of the tests".getBytes(StandardCharsets.UTF_8)),
                                _ -> {},
                                new OffersSeen(),
                                Duration.ofDays(2),
                                () -> now),
                        new SimpleMeterRegistry()),
                new Properties(),
                now);
        second = new TopologyTestDriver(
                InsightTopology.build(
                        TOPICS,
                        registry,
                        new InsightTopology.Parts(_ -> {}, PARIS, () -> now, SignalSettings.standard(PARIS)),
                        new SimpleMeterRegistry()),
                new Properties(),
                now);
        declare("fibre-pro");
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        registry.close();
    }

    @Test
    void aContactHasNoWordsAndNoCustomer() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Ne m'appelez plus, je suis Jean Martin, 06 39 98 12 34."));
        pipe(ticket("e2", "t1", Author.AGENT, THURSDAY, "Je vous rappelle demain au 06 39 98 12 34."));

        List<Contact> contacts = contacts();

        assertThat(contacts).extracting(Contact::toString).noneMatch(text -> text.contains("39 98"));
        assertThat(contacts).extracting(Contact::toString).noneMatch(text -> text.contains("Martin"));
        assertThat(contacts)
                .allSatisfy(contact -> assertThat(contact.getCustomerKey().orElseThrow())
                        .hasSize(22)
                        .doesNotContain("c-1"));
        assertThat(contacts.getLast().getPromises().getFirst().getText())
                .isEqualTo("Je vous rappelle demain au [PHONE].");
    }

    @Test
    void everyEventIsOneContactAndItsDoubleIsNone() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Bonjour."));
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Bonjour."));
        pipe(ticket("e2", "t1", Author.AGENT, THURSDAY, "Bonjour."));
        pipe(ticket("e3", "t1", Author.SYSTEM, THURSDAY, "Ticket fermé."));
        pipe(call("k1", Direction.OUTBOUND, THURSDAY, ""));
        pipe(call("k2", Direction.OUTBOUND, THURSDAY, "Allô ?"));
        pipe(call("k3", Direction.INBOUND, THURSDAY, "Allô ?"));

        List<Contact> contacts = contacts();

        assertThat(contacts)
                .extracting(contact -> contact.getDirection().orElse(null))
                .containsExactly(
                        ContactDirection.INBOUND,
                        ContactDirection.OUTBOUND,
                        null,
                        ContactDirection.OUTBOUND,
                        ContactDirection.OUTBOUND,
                        ContactDirection.INBOUND);
        assertThat(contacts).extracting(Contact::getAnswers).containsExactly(false, true, false, false, true, false);
        assertThat(contacts).extracting(Contact::getAnswered).containsExactly(false, false, false, false, true, false);
    }

    @Test
    void aPromiseIsDueOnFridayAtSixAndBrokenWithoutAPublicAnswer() {
        pipe(ticket("e0", "t1", Author.CUSTOMER, THURSDAY, "Le port 25 est-il ouvert ?"));
        pipe(ticket(
                "e1",
                "t1",
                Author.AGENT,
                THURSDAY,
                "Je ne sais pas, je me renseigne, je vous dirai ça avant vendredi."));

        assertThat(promise("crm:e1:0").getDueAt()).isEqualTo(at("2025-11-07T18:00"));
        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.OPEN);
        assertThat(promise("crm:e1:0").getOfferId()).isEqualTo("fibre-pro");

        advanceTo("2025-11-07T18:00");
        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.OPEN);

        advanceTo("2025-11-07T18:02");
        advanceTo("2025-11-10T18:02");
        assertThat(promises())
                .extracting(record -> record.value().getState())
                .containsExactly(PromiseState.OPEN, PromiseState.BROKEN);
        assertThat(promises.getLast().value().toString()).doesNotContain("a-7");
    }

    @Test
    void anAnswerInTimeKeepsAPromise() {
        pipe(promising("e1"));
        pipe(ticket("e2", "t1", Author.AGENT, "2025-11-07T11:00", "Oui, le port 25 est ouvert."));
        advanceTo("2025-11-12T10:00");

        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.KEPT);
        assertThat(promise("crm:e1:0").getAnswerEventId()).contains("e2");
        assertThat(promises()).hasSize(2);
    }

    @Test
    void anAnsweredCallKeepsAPromiseAndAnUnansweredOneDoesNot() {
        pipe(promising("e1"));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-06T14:00", ""));
        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.OPEN);

        pipe(call("k2", Direction.OUTBOUND, "2025-11-06T15:00", "Merci de m'avoir rappelé."));

        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.KEPT);
    }

    @Test
    void nothingElseKeepsAPromise() {
        pipe(promising("e1"));
        pipe(ticket("e2", "t1", Author.CUSTOMER, "2025-11-06T12:00", "Alors ?"));
        pipe(ticket("e3", "t1", Author.SYSTEM, "2025-11-06T12:00", "Relance."));
        pipe(ticket("e4", "t1", Author.AGENT, "2025-11-06T12:00", "C'est prévu plus tard, pas de date précise."));
        pipe(ticket("e5", "t2", Author.AGENT, "2025-11-06T12:00", "Votre facture est réglée."));
        pipe(call("k1", Direction.INBOUND, "2025-11-06T14:00", "Vous deviez me rappeler."));

        advanceTo("2025-11-08T10:00");

        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.BROKEN);
    }

    @Test
    void anAnswerTwoDaysLateIsNoted() {
        pipe(promising("e1"));
        advanceTo("2025-11-09T18:00");
        pipe(ticket("e2", "t1", Author.AGENT, "2025-11-09T18:00", "Oui, le port 25 est ouvert."));

        var promise = promise("crm:e1:0");

        assertThat(promise.getState()).isEqualTo(PromiseState.BROKEN);
        assertThat(Duration.between(promise.getDueAt(), promise.getAnsweredAt().orElseThrow()))
                .isEqualTo(Duration.ofDays(2));
    }

    @Test
    void anAnswerInTimeThatIsHeardOfLateMendsABrokenPromise() {
        pipe(promising("e1"));
        advanceTo("2025-11-08T10:00");
        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.BROKEN);

        pipe(ticket("e2", "t1", Author.AGENT, "2025-11-07T11:00", "Oui, le port 25 est ouvert."));

        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.KEPT);
    }

    @Test
    void anAnswerThatArrivesBeforeItsPromiseKeepsIt() {
        pipe(ticket("e2", "t1", Author.AGENT, "2025-11-07T11:00", "Oui, le port 25 est ouvert."));
        pipe(promising("e1"));

        assertThat(promises()).extracting(record -> record.value().getState()).containsExactly(PromiseState.KEPT);
    }

    @Test
    void anAnswerWithoutACustomerKeepsAPromiseOfItsConversation() {
        pipe(promising("e1"));
        pipe(TicketEvent.newBuilder(ticket("e2", "t1", Author.AGENT, "2025-11-07T11:00", "Oui, il est ouvert."))
                .setCustomerId(null)
                .build());

        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.KEPT);
    }

    @Test
    void aPromiseWithoutACustomerIsKeptByALaterAnswerWithOne() {
        pipe(TicketEvent.newBuilder(promising("e1")).setCustomerId(null).build());
        pipe(ticket("e2", "t1", Author.CUSTOMER, "2025-11-07T10:00", "Alors ?"));
        pipe(ticket("e3", "t1", Author.AGENT, "2025-11-07T11:00", "Oui, le port 25 est ouvert."));

        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.KEPT);
    }

    @Test
    void aPromiseInAConversationThatBeganWithoutACustomerIsKeptByACall() {
        pipe(nobody(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Le port 25 est-il ouvert ?")));
        pipe(promising("e2"));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-06T15:00", "Merci de m'avoir rappelé."));

        advanceTo("2025-11-10T10:00");

        assertThat(promise("crm:e2:0").getState()).isEqualTo(PromiseState.KEPT);
        assertThat(promise("crm:e2:0").getCustomerKey()).isPresent();
        assertThat(promise("crm:e2:0").getOfferId()).isEqualTo("fibre-pro");
    }

    @Test
    void aPromiseOfBeforeTheCustomerWasKnownIsHis() {
        pipe(nobody(promising("e1")));
        pipe(ticket("e2", "t1", Author.CUSTOMER, "2025-11-06T14:00", "Alors ?"));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-06T15:00", "Merci de m'avoir rappelé."));

        advanceTo("2025-11-10T10:00");

        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.KEPT);
        assertThat(promise("crm:e1:0").getCustomerKey()).isPresent();
    }

    @Test
    void aWishOfBeforeTheCustomerWasKnownIsHis() {
        pipe(nobody(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Ne m'appelez plus.")));
        pipe(ticket("e2", "t1", Author.CUSTOMER, "2025-11-06T14:00", "C'est mon ticket."));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-07T14:00", ""));

        assertThat(current(breaches()).values()).singleElement().satisfies(breach -> {
            assertThat(breach.getEventId()).isEqualTo("k1");
            assertThat(breach.getStatementEventId()).contains("e1");
        });
    }

    @Test
    void aPromiseThatIsDueInFourMonthsIsBrokenThen() {
        pipe(ticket("e1", "t1", Author.AGENT, THURSDAY, "Je vous rappelle le 12 mars."));

        advanceTo("2026-02-20T10:00");
        advanceTo("2026-03-12T18:02");

        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.BROKEN);
        advanceTo("2026-06-20T10:00");
        advanceTo("2026-06-20T10:05");
        assertThat(entries(History.STORE)).isZero();
        assertThat(entries(Promises.STORE)).isZero();
    }

    @Test
    void aPromiseThatIsDueInFourMonthsIsKeptByAnAnswerThen() {
        pipe(ticket("e1", "t1", Author.AGENT, THURSDAY, "Je vous rappelle le 12 mars."));

        advanceTo("2026-02-20T10:00");
        pipe(call("k1", Direction.OUTBOUND, "2026-03-12T15:00", "Merci de m'avoir rappelé."));
        advanceTo("2026-03-13T10:00");

        assertThat(promise("crm:e1:0").getState()).isEqualTo(PromiseState.KEPT);
    }

    @Test
    void aPromiseMovesToTheOfferThatItsTicketNamesLater() {
        pipe(promising("e1"));
        assertThat(promise("crm:e1:0").getOfferId()).isEqualTo(Topics.UNASSIGNED);

        pipe(ticket("e0", "t1", Author.CUSTOMER, "2025-11-06T09:00", "Le port 25 est-il ouvert ?"));

        assertThat(promise("crm:e1:0").getOfferId()).isEqualTo("fibre-pro");
    }

    @Test
    void aCallAgainstAWishIsABreachOfTheOfferThatTheCustomerNamedLast() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Je préfère un mail."));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-06T14:00", ""));
        pipe(ticket("e2", "t1", Author.AGENT, "2025-11-06T15:00", "Voici."));

        assertThat(current(breaches()).values()).extracting(Breach::getOfferId).containsExactly("fibre-pro");
    }

    @Test
    void aVagueAnswerMarksTheQuestionOfItsTicketInWhateverOrderTheyCome() {
        for (String ticket : List.of("t1", "t2")) {
            var asked = ticket("e-" + ticket, ticket, Author.CUSTOMER, THURSDAY, "Le port 25 est-il ouvert ?");
            var vague = ticket("a-" + ticket, ticket, Author.AGENT, "2025-11-06T12:00", "Pas de date précise.");
            pipe(ticket.equals("t1") ? asked : vague);
            pipe(ticket.equals("t1") ? vague : asked);
            asks(ticket);
        }

        var questions = second.createOutputTopic(
                        TOPICS.questions(),
                        new StringDeserializer(),
                        registry.serde(Question.class).deserializer())
                .readValuesToList();
        assertThat(questions.getLast().getVerbatims()).isEqualTo(2);
        assertThat(questions.getLast().getVagueAnswers()).isEqualTo(2);
    }

    @Test
    void twoOutboundCallsAgainstAWishToBeWrittenToAreTwoBreaches() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Ne m'appelez plus, par écrit."));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-06T14:00", "Je vous avais écrit."));
        pipe(call("k2", Direction.OUTBOUND, "2025-11-07T14:00", ""));
        pipe(call("k3", Direction.INBOUND, "2025-11-07T15:00", "C'est moi qui appelle."));

        assertThat(breaches())
                .extracting(
                        record -> record.value().getKind(),
                        record -> record.value().getEventId())
                .containsExactly(tuple(BreachKind.CHANNEL, "k1"), tuple(BreachKind.CHANNEL, "k2"));
        assertThat(breaches)
                .allSatisfy(record ->
                        assertThat(record.value().getStatementEventId()).contains("e1"));
    }

    @Test
    void theNewestStatementCountsAndALateOneChangesOnlyWhatFollowsIt() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, "2025-11-06T10:00", "Je préfère un mail."));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-06T11:00", ""));
        pipe(call("k2", Direction.OUTBOUND, "2025-11-06T13:00", ""));
        assertThat(current(breaches())).containsOnlyKeys("CHANNEL:pbx:k1", "CHANNEL:pbx:k2");

        pipe(ticket("e2", "t1", Author.CUSTOMER, "2025-11-06T12:00", "Finalement, rappelez-moi."));

        breaches();
        assertThat(current(breaches)).containsOnlyKeys("CHANNEL:pbx:k1");
    }

    @Test
    void aProfileCountsUntilTheCustomerSaysOtherwise() {
        pipe(CallEvent.newBuilder(call("k1", Direction.OUTBOUND, "2025-11-06T10:00", ""))
                .setPreferredChannel(Channel.EMAIL)
                .build());
        pipe(ticket("e1", "t1", Author.CUSTOMER, "2025-11-06T11:00", "Rappelez-moi."));
        pipe(CallEvent.newBuilder(call("k2", Direction.OUTBOUND, "2025-11-06T12:00", ""))
                .setPreferredChannel(Channel.EMAIL)
                .build());
        pipe(CallEvent.newBuilder(call("k3", Direction.OUTBOUND, "2025-11-06T13:00", ""))
                .setPreferredChannel(Channel.SMS)
                .build());

        assertThat(current(breaches())).containsOnlyKeys("CHANNEL:pbx:k1", "CHANNEL:pbx:k3");
    }

    @Test
    void aWrittenAnswerMeetsAWishForWriting() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Ne m'appelez plus, par écrit."));
        pipe(ticket("e2", "t1", Author.AGENT, "2025-11-06T14:00", "Bonjour, voici la réponse."));

        assertThat(breaches()).isEmpty();
    }

    @Test
    void aCallOutsideTheHoursAskedForIsABreach() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "après 18h"));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-07T10:00", ""));
        pipe(call("k2", Direction.OUTBOUND, "2025-11-07T18:00", ""));
        pipe(call("k3", Direction.INBOUND, "2025-11-08T10:00", "Bonjour."));

        assertThat(breaches()).singleElement().satisfies(record -> {
            assertThat(record.value().getKind()).isEqualTo(BreachKind.WINDOW);
            assertThat(record.value().getEventId()).isEqualTo("k1");
            assertThat(record.value().getStatementEventId()).contains("e1");
            assertThat(record.value().getWindowFrom()).contains(18 * 60);
        });
    }

    @Test
    void eightUnansweredCallsInFiveDaysAreOneAlertAtTheFifth() {
        for (int i = 0; i < 8; i++) {
            pipe(call(
                    "k" + i,
                    Direction.OUTBOUND,
                    LocalDateTime.parse(THURSDAY).plusHours(15L * i).toString(),
                    ""));
        }

        assertThat(breaches()).singleElement().satisfies(record -> {
            assertThat(record.value().getKind()).isEqualTo(BreachKind.PRESSURE);
            assertThat(record.value().getEventId()).isEqualTo("k4");
            assertThat(record.value().getCalls()).hasSize(5);
        });
    }

    @Test
    void fourCallsOrAnsweredOnesAreNoPressure() {
        for (int i = 0; i < 8; i++) {
            pipe(call("k" + i, Direction.OUTBOUND, "2025-11-06T1" + i + ":00", i < 4 ? "" : "Oui ?"));
        }

        assertThat(breaches()).isEmpty();
    }

    @Test
    void afterAQuietWeekPressureIsAlertedAnew() {
        for (int week : List.of(0, 12)) {
            for (int i = 0; i < 6; i++) {
                String at = LocalDateTime.parse(THURSDAY)
                        .plusDays(week)
                        .plusHours(i)
                        .toString();
                pipe(call("k" + week + "-" + i, Direction.OUTBOUND, at, ""));
            }
        }

        assertThat(breaches()).extracting(record -> record.value().getEventId()).containsExactly("k0-4", "k12-4");
    }

    @Test
    void theOrderOfArrivalMakesNoDifference() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        List<SpecificRecord> events = story(new Random(seed));
        events.forEach(this::pipeAny);
        advanceTo("2026-01-20T10:00");
        var promisesThen = current(promises());
        breaches();
        var breachesThen = current(breaches);
        first.close();
        second.close();
        promises.clear();
        breaches.clear();
        now = at("2025-12-01T10:00");
        start();

        Collections.shuffle(events, new Random(seed));
        events.forEach(this::pipeAny);
        events.forEach(this::pipeAny);
        advanceTo("2026-01-20T10:00");
        promises();
        breaches();

        assertThat(promisesThen).isNotEmpty();
        assertThat(breachesThen).isNotEmpty();
        assertThat(current(promises)).isEqualTo(promisesThen);
        assertThat(current(breaches)).isEqualTo(breachesThen);
    }

    @Test
    void stateIsGoneNinetyDaysAfterTheLastContact() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Ne m'appelez plus."));
        pipe(promising("e2"));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-06T14:00", ""));

        advanceTo("2025-11-08T10:00");
        advanceTo("2026-02-03T10:00");
        assertThat(entries(History.STORE)).isEqualTo(3);

        advanceTo("2026-02-08T10:00");
        for (String store :
                List.of(History.STORE, Promises.STORE, Promises.DUE, Breaches.STORE, CustomerContacts.CONVERSATIONS)) {
            assertThat(entries(store)).as(store).isZero();
        }
    }

    @Test
    void anAccountHoldsABoundedHistoryAndItsWishes() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Ne m'appelez plus."));
        for (int i = 0; i < History.CONTACTS_MAX + 20; i++) {
            String at = LocalDateTime.parse(THURSDAY).plusMinutes(1 + i).toString();
            pipe(ticket("m" + i, "t1", Author.SYSTEM, at, "Relance."));
        }
        pipe(call("k1", Direction.OUTBOUND, "2025-11-07T14:00", ""));

        assertThat(entries(History.STORE)).isLessThanOrEqualTo(History.CONTACTS_MAX);
        assertThat(current(breaches())).containsOnlyKeys("CHANNEL:pbx:k1");
    }

    @Test
    void aLateEventTakesNothingBackForWhichThereIsNoRoomAnyMore() {
        pipe(ticket("e1", "t1", Author.CUSTOMER, THURSDAY, "Ne m'appelez plus."));
        pipe(call("k1", Direction.OUTBOUND, "2025-11-06T10:30", ""));
        for (int i = 0; i < History.CONTACTS_MAX; i++) {
            String at = LocalDateTime.parse(THURSDAY).plusMinutes(40 + i).toString();
            pipe(ticket("m" + i, "t1", Author.SYSTEM, at, "Relance."));
        }
        assertThat(current(breaches())).containsOnlyKeys("CHANNEL:pbx:k1");

        pipe(ticket("e2", "t1", Author.CUSTOMER, "2025-11-06T10:15", "Je préfère un mail."));

        breaches();
        assertThat(current(breaches)).containsOnlyKeys("CHANNEL:pbx:k1");
    }

    @Test
    void aContactThatCannotBeReadIsADeadLetter() {
        second.createInputTopic(TOPICS.contacts(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput("t1".getBytes(StandardCharsets.UTF_8), new byte[] {9, 9});

        assertThat(second.createOutputTopic(
                                TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readValuesToList())
                .containsExactly(new byte[] {9, 9});
    }

    private List<SpecificRecord> story(Random random) {
        List<String> said = List.of(
                "Je vous rappelle demain.",
                "Je vous réponds avant vendredi.",
                "Voici la réponse.",
                "Pas de date précise.",
                "Ne m'appelez plus.",
                "Rappelez-moi.",
                "Appelez-moi après 18h.",
                "Je préfère un mail.");
        var events = new ArrayList<SpecificRecord>();
        for (int i = 0; i < 60; i++) {
            String at = LocalDateTime.parse(THURSDAY)
                    .plusMinutes(37L * i + random.nextInt(3) * 600L)
                    .toString();
            String words = said.get(random.nextInt(said.size()));
            events.add(
                    random.nextInt(3) == 0
                            ? call("k" + i, Direction.OUTBOUND, at, random.nextInt(4) == 0 ? "Oui ?" : "")
                            : ticket(
                                    "e" + i,
                                    "t" + random.nextInt(3),
                                    random.nextBoolean() ? Author.AGENT : Author.CUSTOMER,
                                    at,
                                    words));
        }
        return events;
    }

    private static <T> Map<String, T> current(List<TestRecord<String, T>> records) {
        var current = new TreeMap<String, T>();
        for (var record : records) {
            if (record.value() == null) {
                current.remove(record.key());
            } else {
                current.put(record.key(), record.value());
            }
        }
        return current;
    }

    private int entries(String store) {
        int count = 0;
        try (var entries = second.getKeyValueStore(store).all()) {
            while (entries.hasNext()) {
                entries.next();
                count++;
            }
        }
        return count;
    }

    private Promise promise(String id) {
        promises();
        return promises.stream()
                .filter(record -> record.key().equals(id))
                .map(TestRecord::value)
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private List<TestRecord<String, Promise>> promises() {
        promises.addAll(second.createOutputTopic(
                        TOPICS.promises(),
                        new StringDeserializer(),
                        registry.serde(Promise.class).deserializer())
                .readRecordsToList());
        return promises;
    }

    private List<TestRecord<String, Breach>> breaches() {
        breaches.addAll(second.createOutputTopic(
                        TOPICS.breaches(),
                        new StringDeserializer(),
                        registry.serde(Breach.class).deserializer())
                .readRecordsToList());
        return breaches;
    }

    private final List<Contact> contacts = new ArrayList<>();

    private List<Contact> contacts() {
        return contacts;
    }

    private void advanceTo(String local) {
        var to = at(local);
        second.advanceWallClockTime(Duration.between(now, to));
        now = to;
    }

    /** No event is published before it happened. */
    private void happen(Instant at) {
        if (at.isAfter(now)) {
            second.advanceWallClockTime(Duration.between(now, at));
            now = at;
        }
    }

    private void pipeAny(SpecificRecord event) {
        if (event instanceof TicketEvent ticket) {
            pipe(ticket);
        } else {
            pipe((CallEvent) event);
        }
    }

    private void pipe(TicketEvent event) {
        happen(event.getOccurredAt());
        pipe(TOPICS.tickets(), event.getTicketId(), event);
    }

    private void pipe(CallEvent event) {
        happen(event.getOccurredAt());
        pipe(TOPICS.calls(), event.getCallId(), event);
    }

    /** Through the first topology, and what it says of contacts through the second. */
    private void pipe(String topic, String key, SpecificRecord event) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            first.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer(), now, Duration.ZERO)
                    .pipeInput(key.getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, event));
        }
        var passed = first.createOutputTopic(
                        TOPICS.contacts(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        var input = second.createInputTopic(
                TOPICS.contacts(), new ByteArraySerializer(), new ByteArraySerializer(), now, Duration.ZERO);
        for (var record : passed) {
            contacts.add(registry.serde(Contact.class).deserializer().deserialize(TOPICS.contacts(), record.value()));
            input.pipeInput(record.key(), record.value());
        }
    }

    private void declare(String offerId) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            first.createInputTopic(TOPICS.offers(), new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(
                            offerId.getBytes(StandardCharsets.UTF_8),
                            serializer.serialize(
                                    TOPICS.offers(),
                                    new Offer(offerId, "Fibre Pro", List.of(), null, null, null, null)));
        }
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    /** The verbatim of a customer who asks for a port in a ticket. */
    private void asks(String ticketId) {
        var verbatim = SampleVerbatims.verbatim("v-" + ticketId, "fibre-pro")
                .setConversationId(ticketId)
                .setOccurredAt(at(THURSDAY))
                .setText("Le port 25 est-il ouvert ?")
                .setIntent(Intent.QUESTION)
                .setThemes(List.of())
                .build();
        second.createInputTopic(TOPICS.verbatims(), new StringSerializer(), registry.<SpecificRecord>serializer())
                .pipeInput(verbatim.getVerbatimId(), verbatim);
    }

    private static TicketEvent nobody(TicketEvent event) {
        return TicketEvent.newBuilder(event).setCustomerId(null).build();
    }

    private static TicketEvent promising(String eventId) {
        return ticket(eventId, "t1", Author.AGENT, THURSDAY, "Je vous dirai ça avant vendredi.");
    }

    private static TicketEvent ticket(String eventId, String ticketId, Author author, String at, String words) {
        return TicketEvent.newBuilder()
                .setEventId(eventId)
                .setSource("crm")
                .setOccurredAt(at(at))
                .setCustomerId("c-1")
                .setAgentId("a-7")
                .setOffer(author == Author.CUSTOMER ? "fibre-pro" : null)
                .setChannel(Channel.EMAIL)
                .setTicketId(ticketId)
                .setAction(author == Author.CUSTOMER ? TicketAction.CREATED : TicketAction.COMMENTED)
                .setAuthor(author)
                .setBody(words)
                .build();
    }

    private static CallEvent call(String eventId, Direction direction, String at, String customerWords) {
        return CallEvent.newBuilder()
                .setEventId(eventId)
                .setSource("pbx")
                .setOccurredAt(at(at))
                .setCustomerId("c-1")
                .setChannel(Channel.PHONE)
                .setCallId("call-" + eventId)
                .setDirection(direction)
                .setDurationMs(20_000)
                .setTurns(customerWords.isEmpty() ? List.of() : List.of(new Turn(Speaker.CUSTOMER, 0L, customerWords)))
                .build();
    }
}
