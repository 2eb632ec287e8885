package io.vigie.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.EventLimits;
import io.vigie.events.Speaker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The resources as they are written and as they come out. */
final class StoryTextsTest {
    /** Share of common three-word runs from which two texts count as the same. The most alike have 0.10. */
    private static final double NEAR_DUPLICATE = 0.25;

    private static final Pattern PHONE = Pattern.compile("(?<![\\w-])(?:\\+33 ?|0)[1-9](?:[ .-]?\\d\\d){4}(?!\\d)");
    private static final Pattern FICTION = Pattern.compile("(\\+33|0)(19900|26191|35301|46571|53649|63998)\\d{4}");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private static final List<Words> TEXTS = StoryReader.scenes().stream()
            .flatMap(scene -> scene.texts().stream())
            .toList();
    private static final List<String> TOLD = DemoStory.load()
            .past(1, Instant.parse("2026-11-20T16:30:00Z"))
            .map(event -> Told.of(event).allText())
            .toList();

    @Test
    void thereAreAtLeast450TextsOfWhich380French() {
        var byLanguage = TEXTS.stream()
                .collect(Collectors.groupingBy(words -> words.about().language(), Collectors.counting()));

        assertThat(TEXTS).hasSizeGreaterThanOrEqualTo(450);
        assertThat(byLanguage).containsOnlyKeys("fr", "en");
        assertThat(byLanguage.getOrDefault("fr", 0L)).isGreaterThanOrEqualTo(380);
    }

    @Test
    void noTwoTextsAreNearDuplicates() {
        var texts = TEXTS.stream().map(StoryTextsTest::customerText).toList();
        var shingles = texts.stream().map(StoryTextsTest::shingles).toList();
        var alike = new ArrayList<String>();

        for (var i = 0; i < texts.size(); i++) {
            for (var j = 0; j < i; j++) {
                if (jaccard(shingles.get(i), shingles.get(j)) >= NEAR_DUPLICATE) {
                    alike.add(texts.get(i) + " | " + texts.get(j));
                }
            }
        }

        assertThat(alike).isEmpty();
    }

    @Test
    void everyTextIsShortEnoughAndSaysSomething() {
        assertThat(TOLD).allSatisfy(text -> assertThat(text).isNotBlank());
        assertThat(TOLD).allSatisfy(text -> assertThat(text.length()).isLessThan(EventLimits.TEXT_LENGTH_MAX / 50));
    }

    @Test
    void everySlotIsFilled() {
        assertThat(TOLD).noneSatisfy(text -> assertThat(text).containsAnyOf("{", "}"));
    }

    @Test
    void phoneNumbersAreOfTheRangesForFiction() {
        var numbers = found(PHONE).map(number -> number.replaceAll("[ .-]", "")).collect(Collectors.toSet());

        assertThat(numbers).hasSizeGreaterThan(50);
        assertThat(numbers).allSatisfy(number -> assertThat(number).matches(FICTION));
    }

    @Test
    void mailAddressesAreOfNobody() {
        var addresses = found(MAIL).collect(Collectors.toSet());

        assertThat(addresses).hasSizeGreaterThan(50);
        assertThat(addresses).allSatisfy(address -> assertThat(address).endsWith("@example.fr"));
    }

    @Test
    void aTextThatAsksForAMissingSlotIsAMistake() {
        var cast = StoryReader.cast();

        assertThat(cast.regions()).extracting(Cast.Region::name).contains("Lorvanne");
        assertThat(TEXTS)
                .allSatisfy(words -> assertThat(slotsOf(customerText(words))).isSubsetOf(slotNames()));
    }

    @Test
    void theSameCustomerIsTheSamePersonInEveryScene() {
        var cast = StoryReader.cast();

        var anywhere = cast.customer(2, 9, Optional.empty());
        var inLorvanne = cast.customer(2, 9, Optional.of("Lorvanne"));

        assertThat(inLorvanne).isEqualTo(anywhere);
    }

    @Test
    void theTourNamesWhereToLook() {
        var tour = DemoStory.tour("http://127.0.0.1:8080/");

        assertThat(tour).contains("http://127.0.0.1:8080/").doesNotContain("${");
        assertThat(tour.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
    }

    @Test
    void everySearchOfTheTourFindsSomething() {
        var searches = DemoStory.tour("")
                .lines()
                .filter(line -> line.startsWith("    "))
                .toList();

        assertThat(searches).hasSizeBetween(8, 10);
        for (var search : searches) {
            var words = search.strip()
                    .split(" {2,}", 2)[0]
                    .replace("\"", "")
                    .toLowerCase(Locale.ROOT)
                    .split(" ");
            assertThat(TOLD)
                    .as(search)
                    .anySatisfy(
                            text -> assertThat(text.toLowerCase(Locale.ROOT)).contains(words));
        }
    }

    private static Stream<String> found(Pattern pattern) {
        return TOLD.stream().flatMap(text -> pattern.matcher(text).results().map(result -> result.group()));
    }

    private static String customerText(Words words) {
        return switch (words) {
            case Words.Written written ->
                written.text() + written.again().map(again -> " " + again).orElse("");
            case Words.Rated rated -> rated.text();
            case Words.Spoken spoken ->
                String.join(
                        " ",
                        spoken.turns().stream()
                                .filter(turn -> turn.getSpeaker() == Speaker.CUSTOMER)
                                .map(turn -> turn.getText())
                                .toList());
        };
    }

    private static Set<String> shingles(String text) {
        var words = WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(word -> word.group())
                .toList();
        var shingles = new HashSet<String>();
        for (var i = 0; i == 0 || i + 3 <= words.size(); i++) {
            shingles.add(String.join(" ", words.subList(i, Math.min(i + 3, words.size()))));
        }
        return shingles;
    }

    private static double jaccard(Set<String> left, Set<String> right) {
        var common = left.stream().filter(right::contains).count();
        return (double) common / (left.size() + right.size() - common);
    }

    private static Set<String> slotsOf(String text) {
        return Pattern.compile("\\{(\\w+)}")
                .matcher(text)
                .results()
                .map(slot -> slot.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> slotNames() {
        return Stream.of(Slot.values())
                .map(slot -> slot.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
