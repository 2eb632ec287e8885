package io.vigie.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Checked;
import io.vigie.events.EventRules;
import io.vigie.events.Offer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DemoStoryTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant NOW = Instant.parse("2026-11-20T16:30:00Z");
    private static final DemoStory STORY = DemoStory.load();
    private static final List<DemoEvent> PAST = STORY.past(1, NOW).toList();

    @Test
    void theSameSeedTellsTheSameStory() {
        var again = DemoStory.load().past(1, NOW).toList();

        assertThat(again).isEqualTo(PAST);
    }

    @Test
    void anotherSeedTellsAnotherStory() {
        var other = STORY.past(2, NOW).toList();

        assertThat(ids(other)).doesNotContainAnyElementsOf(ids(PAST));
    }

    @Test
    void thePastHasAboutFourThousandEvents() {
        assertThat(PAST).hasSizeBetween(3_500, 5_000);
    }

    @Test
    void idsAreUniqueAndEventsComeInOrderOfTimeAndNeverFromTheFuture() {
        var seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var now = NOW.plusSeconds(random.nextInt(400 * 86_400));

        var past = STORY.past(random.nextLong(), now).toList();

        assertThat(ids(past)).as("-Dseed=" + seed).doesNotHaveDuplicates();
        assertThat(past).as("-Dseed=" + seed).extracting(DemoEvent::occurredAt).isSorted();
        assertThat(past.getLast().occurredAt()).as("-Dseed=" + seed).isBeforeOrEqualTo(now);
    }

    @Test
    void laterOnTheSameDayThePastIsTheSameAndLonger() {
        var morning = STORY.past(1, NOW.minus(Duration.ofHours(6))).toList();

        assertThat(PAST).startsWith(morning.toArray(DemoEvent[]::new)).hasSizeGreaterThan(morning.size());
    }

    @Test
    void withItsLastDayKeptAStoryGoesOnOverTheNextDays() {
        var lastDay = LocalDate.ofInstant(NOW, PARIS);

        var daysLater = STORY.past(1, lastDay, NOW.plus(Duration.ofDays(3))).toList();

        assertThat(daysLater).startsWith(PAST.toArray(DemoEvent[]::new)).hasSizeGreaterThan(PAST.size() + 60);
        assertThat(counts("panne-fibre", daysLater).sum())
                .isEqualTo(counts("panne-fibre", PAST).sum());
    }

    @Test
    void everyEventPassesTheRulesOfTheContract() {
        var rules = new EventRules(InstantSource.fixed(NOW));

        var checked = PAST.stream().map(event -> check(rules, event));

        assertThat(checked).allSatisfy(result -> assertThat(result).isInstanceOf(Checked.Valid.class));
    }

    @Test
    void everyOfferPassesTheRulesOfTheContract() {
        var checked = STORY.offers().stream().map(EventRules::check);

        assertThat(checked).hasSize(13).allSatisfy(result -> assertThat(result).isInstanceOf(Checked.Valid.class));
    }

    @Test
    void everyOfferIsTalkedAboutAndKnownByIdNameAndAlias() {
        var mentioned = PAST.stream()
                .map(Told::of)
                .map(Told::offer)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(HashSet::new));

        for (var offer : STORY.offers()) {
            assertThat(mentioned)
                    .contains(offer.getOfferId(), offer.getName())
                    .containsAnyElementsOf(offer.getAliases());
        }
    }

    @Test
    void onTheTwoDaysOfTheOutageItIsTalkedAboutAtLeastFiveTimesAsMuchAsOnAnyDayTwoDaysLaterOrBefore() {
        var others = IntStream.rangeClosed(-55, 0)
                .filter(day -> day < -18 || day > -16)
                .mapToLong(day -> count("panne-fibre", day))
                .max()
                .orElseThrow();

        assertThat(Math.min(count("panne-fibre", -18), count("panne-fibre", -17)))
                .isGreaterThanOrEqualTo(5 * others);
    }

    @Test
    void theOutageIsOfOneRegion() {
        assertThat(PAST.stream().map(Told::of).filter(told -> told.scene().equals("panne-fibre")))
                .allSatisfy(told -> assertThat(told.attributes()).containsEntry("region", "Lorvanne"));
    }

    @Test
    void nobodySpeaksOfASecondDayOnTheFirst() {
        var firstDay = PAST.stream()
                .filter(event -> day(event) == -18)
                .map(Told::of)
                .filter(told -> told.scene().equals("panne-fibre"));

        assertThat(firstDay)
                .allSatisfy(told -> assertThat(told.allText())
                        .doesNotContainIgnoringCase("deuxième jour", "2eme jour", "second day", "deux jours"));
    }

    @Test
    void theCutsFollowTheOutage() {
        assertThat(count("micro-coupures", -18)).isZero();
        assertThat(count("micro-coupures", -15)).isGreaterThan(15);
    }

    @Test
    void thePriceRiseIsUnheardOfBeforeItsDayAndLoudOnIt() {
        assertThat(IntStream.rangeClosed(-55, -41)
                        .mapToLong(day -> count("hausse-de-prix", day))
                        .sum())
                .isZero();
        assertThat(count("hausse-de-prix", -40)).isGreaterThan(10);
    }

    @Test
    void theWeakSignalIsAFewTextsOfTheLastDays() {
        assertThat(IntStream.rangeClosed(-55, -6)
                        .mapToLong(day -> count("box-chauffe", day))
                        .sum())
                .isZero();
        assertThat(counts("box-chauffe", PAST).sum()).isBetween(10, 35);
    }

    @Test
    void agentsAnswerSomeTickets() {
        var replies =
                PAST.stream().map(Told::of).filter(told -> told.customerText().isEmpty());

        assertThat(replies.count()).isBetween(100L, 600L);
    }

    @Test
    void someCustomersComeBackToWhatTheyWereAnswered() {
        var again = PAST.stream()
                .filter(event -> event.eventId().endsWith("-a"))
                .map(event -> ((DemoEvent.Ticket) event).event())
                .toList();

        assertThat(again).hasSizeBetween(80, 400);
        assertThat(again).allSatisfy(ticket -> {
            String first = ticket.getEventId().replaceFirst("-a$", "");
            assertThat(PAST.stream()
                            .filter(event -> event.eventId().startsWith(first))
                            .map(DemoEvent::eventId))
                    .containsExactly(first, first + "-r", first + "-a");
        });
    }

    @Test
    void aboutOneTextInSevenIsEnglish() {
        var languages = PAST.stream()
                .map(Told::of)
                .map(Told::language)
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(language -> language, Collectors.counting()));

        assertThat(languages).containsOnlyKeys("fr", "en");
        assertThat(100.0 * languages.getOrDefault("en", 0L) / PAST.size()).isBetween(8.0, 20.0);
    }

    @Test
    void liveEventsHappenNowAndHaveIdsOfTheirOwn() {
        var live = STORY.live(1, InstantSource.fixed(NOW));

        var events = Stream.generate(live).limit(2_000).toList();

        assertThat(events).extracting(DemoEvent::occurredAt).containsOnly(NOW);
        assertThat(ids(events)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(ids(PAST));
    }

    @Test
    void twoLiveStoriesOfDifferentStartsShareNoId() {
        var first = Stream.generate(STORY.live(1, InstantSource.fixed(NOW)))
                .limit(100)
                .toList();

        var second = Stream.generate(STORY.live(1, InstantSource.fixed(NOW.plusMillis(1))))
                .limit(100)
                .toList();

        assertThat(ids(first)).doesNotContainAnyElementsOf(ids(second));
    }

    @Test
    void liveEventsTellOfEveryOfferAndPassTheRules() {
        var rules = new EventRules(InstantSource.fixed(NOW));
        var names = STORY.offers().stream().map(Offer::getOfferId).toList();

        var events = Stream.generate(STORY.live(7, InstantSource.fixed(NOW)))
                .limit(3_000)
                .toList();

        assertThat(events).allSatisfy(event -> assertThat(check(rules, event)).isInstanceOf(Checked.Valid.class));
        assertThat(events.stream().map(event -> Told.of(event).offer().orElse("")))
                .containsAll(names);
    }

    private static Checked check(EventRules rules, DemoEvent event) {
        return switch (event) {
            case DemoEvent.Ticket(var ticket) -> rules.check(ticket);
            case DemoEvent.Call(var call) -> rules.check(call);
            case DemoEvent.Survey(var survey) -> rules.check(survey);
        };
    }

    private static List<String> ids(List<DemoEvent> events) {
        return events.stream().map(DemoEvent::eventId).toList();
    }

    private static long count(String scene, int day) {
        return counts(scene, PAST.stream().filter(event -> day(event) == day).toList())
                .sum();
    }

    private static IntStream counts(String scene, List<DemoEvent> events) {
        return events.stream().mapToInt(event -> Told.of(event).scene().equals(scene) ? 1 : 0);
    }

    private static int day(DemoEvent event) {
        var today = LocalDate.ofInstant(NOW, PARIS);
        return (int) ChronoUnit.DAYS.between(today, LocalDate.ofInstant(event.occurredAt(), PARIS));
    }
}
