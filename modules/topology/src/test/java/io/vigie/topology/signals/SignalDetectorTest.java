package io.vigie.topology.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.events.Signal;
import io.vigie.events.SignalCause;
import io.vigie.events.SignalKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignalDetectorTest {
    private static final String OFFER = "fibre-pro";
    private static final String OUTAGE = "network.outage";
    private static final String BILL = "billing.unexpected_charge";
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final SignalSettings SETTINGS = SignalSettings.standard(ZoneId.of("Europe/Paris"));

    private final SignalMemory memory = new SignalMemory(100_000);
    private final SignalDetector detector = new SignalDetector(SETTINGS, memory);
    private long said;

    @Test
    void aThemeThatManyMoreCustomersSpeakOfThanUsualRises() {
        peace(60);

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 12; i++) {
            signals.addAll(hear(mention(60, i * 10, OUTAGE)));
        }

        assertThat(signals).singleElement().satisfies(signal -> {
            assertThat(signal.getKind()).isEqualTo(SignalKind.RISE);
            assertThat(signal.getTheme()).contains(OUTAGE);
            assertThat(signal.getObserved()).isBetween(3, 12);
            assertThat(signal.getExpected()).isLessThan(signal.getObserved() / 1.5);
            assertThat(signal.getFalseAlarmsPerMonth()).isLessThanOrEqualTo(0.5);
            assertThat(signal.getVerbatimIds()).first().isEqualTo("v" + said(signal, 60));
            assertThat(signal.getSignalId()).isEqualTo(OFFER + "|RISE|" + OUTAGE + "|" + signal.getWindowStart());
        });
    }

    @Test
    void oneAngryCustomerIsNoSignal() {
        peace(60);

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 30; i++) {
            Mention mention = mention(60, i, OUTAGE);
            signals.addAll(hear(by(mention, 77, mention.text() + " zorglub")));
        }

        assertThat(signals).isEmpty();
    }

    @Test
    void anOfferIsOnlyListenedToWhileItIsLearned() {
        peace(20);

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 50; i++) {
            signals.addAll(hear(mention(20, i, OUTAGE)));
        }

        assertThat(signals).isEmpty();
    }

    @Test
    void aThemeIsSilentForAWeekAfterItsSignal() {
        peace(60);
        var days = new ArrayList<Instant>();

        for (int day = 60; day < 72; day++) {
            for (int i = 0; i < 20; i++) {
                hear(mention(day, i * 10, OUTAGE)).stream()
                        .filter(signal -> signal.getTheme().isPresent())
                        .map(Signal::getDetectedAt)
                        .forEach(days::add);
            }
        }

        assertThat(days).hasSize(2);
        assertThat(Duration.between(days.getFirst(), days.getLast())).isGreaterThanOrEqualTo(Duration.ofDays(7));
    }

    @Test
    void aNewWordThatSixCustomersUseOnOneDayIsToldThatDay() {
        peace(90);

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 6; i++) {
            signals.addAll(hear(saying(mention(90, i * 60, BILL), "la connexion Zorglub est coupée")));
        }

        assertThat(signals)
                .filteredOn(signal -> signal.getKind() == SignalKind.NEW_TERM)
                .anySatisfy(signal -> {
                    assertThat(signal.getTerm()).contains("zorglub");
                    assertThat(signal.getTheme()).isEmpty();
                    assertThat(signal.getVerbatimIds()).hasSize(signal.getObserved());
                });
    }

    @Test
    void aNewWordIsExplainedByTheWordsThatSeveralCustomersUseWithIt() {
        peace(90);

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 6; i++) {
            String own =
                    List.of("hier", "matin", "midi", "soir", "jeudi", "lundi").get(i);
            signals.addAll(hear(saying(mention(90, i * 60, BILL), "Zorglub. " + own + ". La connexion. Bulgroz.")));
        }

        assertThat(signals)
                .filteredOn(signal -> signal.getTerm().isPresent())
                .singleElement()
                .satisfies(signal -> {
                    assertThat(signal.getTerm()).contains("zorglub");
                    assertThat(signal.getVerbatimIds()).hasSize(signal.getObserved());
                    assertThat(signal.getExplanation()).singleElement().satisfies(cause -> {
                        assertThat(cause.getDimension()).isEqualTo("word");
                        assertThat(cause.getValue()).isEqualTo("bulgroz");
                        assertThat(cause.getObserved()).isEqualTo(signal.getObserved());
                        assertThat(cause.getOf()).isEqualTo(signal.getObserved());
                        assertThat(cause.getExpected()).isLessThan(0.5);
                    });
                });
    }

    @Test
    void wordsThatComeTogetherAreToldOnce() {
        peace(90);

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 12; i++) {
            signals.addAll(hear(saying(mention(90, i * 60, BILL), "décodeur zorglub, modèle bulgroz")));
        }

        assertThat(signals).filteredOn(signal -> signal.getTerm().isPresent()).hasSize(1);
    }

    @Test
    void aTermThatIsCommonAboutOtherOffersRisesAndIsNotNew() {
        for (int day = 0; day < 90; day++) {
            hear(mention(day, 0, BILL));
            hear(mention(day, 300, OUTAGE));
            hear(elsewhere(saying(mention(day, 310, BILL), day % 3 == 0 ? "zorglub" : "la facture")));
        }

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 12; i++) {
            signals.addAll(hear(saying(mention(90, i * 30, BILL), "zorglub")));
        }

        assertThat(signals)
                .filteredOn(signal -> signal.getTerm().isPresent())
                .singleElement()
                .extracting(Signal::getKind)
                .isEqualTo(SignalKind.RISE);
    }

    @Test
    void theChannelWhoseShareRoseExplainsIt() {
        peace(60);

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 30; i++) {
            Mention mention = mention(60 + i / 15, i * 10, OUTAGE);
            signals.addAll(hear(through(mention, "STORE")));
        }

        assertThat(signals.getFirst().getExplanation()).first().satisfies(cause -> {
            assertThat(cause.getDimension()).isEqualTo("channel");
            assertThat(cause.getValue()).isEqualTo("STORE");
            assertThat(cause.getExpected()).isLessThan(1);
        });
    }

    @Test
    void theOfferExplainsARiseThatOtherOffersDoNotHave() {
        for (int day = 0; day < 60; day++) {
            hear(mention(day, 0, OUTAGE));
            for (int i = 0; i < 3; i++) {
                hear(elsewhere(mention(day, 100 + i, OUTAGE)));
            }
        }

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 30; i++) {
            signals.addAll(hear(mention(60, i * 5, OUTAGE)));
        }

        assertThat(signals.getFirst().getExplanation())
                .extracting(SignalCause::getDimension)
                .contains("offer");
    }

    @Test
    void historyThatArrivesLateRaisesNothing() {
        peace(60);

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 50; i++) {
            Mention mention = mention(60, i, OUTAGE);
            signals.addAll(hear(new Mention(
                    mention.verbatimId(),
                    OFFER,
                    mention.occurredAt(),
                    mention.occurredAt().plus(Duration.ofDays(3)),
                    mention.customer(),
                    mention.themes(),
                    "PHONE",
                    "zendesk",
                    mention.text(),
                    false)));
        }

        assertThat(signals).isEmpty();
    }

    @Test
    void themesThatAreOnlyLearnedRaiseNothingAndMakeThemselvesExpected() {
        peace(60);

        var signals = new ArrayList<Signal>();
        for (int i = 0; i < 40; i++) {
            signals.addAll(hear(mention(i, 7, BILL).learningOnly(List.of("new.theme"))));
        }
        signals.addAll(hear(mention(60, 0, "new.theme")));
        signals.addAll(hear(mention(60, 1, "new.theme")));

        assertThat(signals).isEmpty();
    }

    @Test
    void theSameMentionsGiveTheSameSignals() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var mentions = new ArrayList<Mention>();
        for (int day = 0; day < 50; day++) {
            for (int i = 0; i < random.nextInt(12); i++) {
                mentions.add(mention(day, i * 20 + random.nextInt(20), random.nextBoolean() ? OUTAGE : BILL));
            }
        }

        var first = all(new SignalDetector(SETTINGS, new SignalMemory(100_000)), mentions);
        var second = all(new SignalDetector(SETTINGS, new SignalMemory(100_000)), mentions);

        assertThat(second).as("seed %d", seed).isEqualTo(first);
    }

    @Test
    void stateOfAnotherVersionIsNotMisread() {
        memory.put(SignalDetector.key('o', OFFER, ""), new byte[] {9, 0, 0});

        assertThatThrownBy(() -> hear(mention(0, 0, OUTAGE))).hasMessageContaining("version 9");
    }

    /** Two mentions a day: one of each theme on most days. */
    private void peace(int days) {
        for (int day = 0; day < days; day++) {
            hear(mention(day, 0, BILL));
            hear(mention(day, 300, day % 2 == 0 ? OUTAGE : BILL));
        }
    }

    private List<Signal> hear(Mention mention) {
        return detector.hear(mention);
    }

    private static List<Signal> all(SignalDetector detector, List<Mention> mentions) {
        var signals = new ArrayList<Signal>();
        mentions.forEach(mention -> signals.addAll(detector.hear(mention)));
        return signals;
    }

    /** The number of the verbatim that raised it: in peace there are two a day. */
    private static long said(Signal signal, int days) {
        return 2L * days + signal.getVerbatimIds().size() - evidenceFromPeace(signal, days);
    }

    private static long evidenceFromPeace(Signal signal, int days) {
        return signal.getVerbatimIds().stream()
                .filter(id -> Long.parseLong(id.substring(1)) <= 2L * days)
                .count();
    }

    private Mention mention(int day, int minute, String theme) {
        said++;
        Instant at = START.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(minute));
        return new Mention(
                "v" + said, OFFER, at, at, said, List.of(theme), "PHONE", "zendesk", "La connexion est coupée", true);
    }

    private static Mention by(Mention mention, long customer, String text) {
        return new Mention(
                mention.verbatimId(),
                mention.offerId(),
                mention.occurredAt(),
                mention.heardAt(),
                customer,
                mention.themes(),
                mention.channel(),
                mention.source(),
                text,
                true);
    }

    private static Mention saying(Mention mention, String text) {
        return by(mention, mention.customer(), text);
    }

    private static Mention through(Mention mention, String channel) {
        return new Mention(
                mention.verbatimId(),
                mention.offerId(),
                mention.occurredAt(),
                mention.heardAt(),
                mention.customer(),
                mention.themes(),
                channel,
                mention.source(),
                mention.text(),
                true);
    }

    private static Mention elsewhere(Mention mention) {
        return new Mention(
                mention.verbatimId(),
                "mobile",
                mention.occurredAt(),
                mention.heardAt(),
                mention.customer(),
                mention.themes(),
                mention.channel(),
                mention.source(),
                mention.text(),
                true);
    }
}
