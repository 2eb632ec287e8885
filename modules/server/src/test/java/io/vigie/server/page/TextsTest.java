package io.vigie.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Texts FRENCH = Texts.of(Language.FRENCH);
    private static final Texts ENGLISH = Texts.of(Language.ENGLISH);
    /** The same words in both languages. */
    private static final Set<String> ALIKE = Set.of(
            "frame.nav",
            "frame.api",
            "chart.total",
            "value.intent.QUESTION",
            "value.kind.TICKET",
            "value.channel.SMS",
            "section.questions",
            "facet.kind",
            "questions.title",
            "questions.verbatims.one",
            "questions.verbatims.other",
            "effect.of.one",
            "effect.of.other",
            "lasting.minutes.one",
            "lasting.minutes.other",
            "themes.count",
            "themes.all.one",
            "themes.all.other",
            "value.channel.EMAIL",
            "export.csv",
            "field.kind",
            "field.text",
            "results.total.one",
            "results.total.other");

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(FRENCH.keys()).isEqualTo(ENGLISH.keys());
    }

    @Test
    void bothLanguagesAreGivenTheSameValues() {
        for (String key : FRENCH.keys()) {
            assertThat(places(FRENCH.text(key))).as(key).isEqualTo(places(ENGLISH.text(key)));
        }
    }

    @Test
    void everyTextThatIsNamedExists() throws IOException {
        var named = Pattern.compile("\\.(?:say|count)\\(\\s*\"([a-z.A-Z-]+)\"");
        var missing = new TreeSet<String>();
        int found = 0;
        for (Path file : sources()) {
            var matcher = named.matcher(Files.readString(file));
            while (matcher.find()) {
                String key = matcher.group(1);
                boolean exists = (key.endsWith(".") && FRENCH.keys().stream().anyMatch(each -> each.startsWith(key)))
                        || FRENCH.find(key).isPresent()
                        || (FRENCH.find(key + ".one").isPresent()
                                && FRENCH.find(key + ".other").isPresent());
                if (!exists) {
                    missing.add(key + " in " + file.getFileName());
                }
                found++;
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(20);
    }

    @Test
    void everyTextIsSaidSomewhere() throws IOException {
        String all = sources().stream().map(TextsTest::read).collect(Collectors.joining());

        var unused = FRENCH.keys().stream()
                .filter(key -> !all.contains('"' + key + '"'))
                .filter(key -> !all.contains('"' + key.replaceFirst("\\.(one|other)$", "") + '"'))
                // Those that are put together from a value.
                .filter(key -> !key.matches("(value|section|facet|help|unit|field)\\..*"))
                .toList();

        assertThat(unused).isEmpty();
    }

    @Test
    void noEnglishIsLeftInFrench() {
        var alike = FRENCH.keys().stream()
                .filter(key -> FRENCH.text(key).equals(ENGLISH.text(key)))
                .filter(key -> FRENCH.text(key).matches(".*\\p{L}{3,}.*"))
                .filter(key -> !ALIKE.contains(key))
                .filter(key -> !key.endsWith(".query"))
                .toList();

        assertThat(alike).isEmpty();
    }

    @Test
    void frenchPunctuationHasItsNarrowSpaces() {
        for (String key : FRENCH.keys()) {
            assertThat(FRENCH.text(key)).as(key).doesNotContainPattern(" [:;!?»%]|« |[^\\u202f ][;!?»](?![a-z])");
        }
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> java = Files.walk(Path.of("src/main/java"));
                Stream<Path> templates = Files.walk(Path.of("src/main/jte"))) {
            return Stream.concat(java, templates)
                    .filter(file ->
                            file.toString().endsWith(".java") || file.toString().endsWith(".jte"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
