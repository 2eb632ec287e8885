package io.vigie.understanding;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The themes, and everything else the rules listen for, with the cues of each language. Immutable. */
public final class Taxonomy {
    /** The most leaves and cues that one taxonomy may hold. */
    public static final int LEAVES_MAX = 1_000;

    public static final int CUES_MAX = 50_000;

    /** A group of leaves, named for French and for English readers. */
    public record Category(String id, String french, String english) {}

    /** A cue, and how and where its author wrote it. */
    record WrittenCue(Cue cue, String text, int line) {}

    /** Cues of one purpose. */
    record Cues(Map<Language, List<WrittenCue>> byLanguage) {
        static final Cues NONE = new Cues(Map.of());

        public Cues {
            byLanguage = Map.copyOf(byLanguage);
        }

        List<WrittenCue> in(Language language) {
            return byLanguage.getOrDefault(language, List.of());
        }
    }

    /** What to listen for under a leaf, what silences it, and how its author thinks it works. */
    record LeafCues(Leaf leaf, Cues cues, Cues unless, List<Example> examples, int line) {
        public LeafCues {
            examples = List.copyOf(examples);
        }
    }

    /** A sentence that a leaf's author wants found under it, or not. */
    record Example(Language language, String text, boolean matches, int line) {}

    record SeverityLevel(int level, Cues cues) {}

    record Intensity(int added, Cues cues) {}

    record Churn(String id, double score, Cues cues) {}

    record ChannelPreference(String id, Cues cues) {}

    /** Everything a taxonomy file says, and the place of each leaf in {@code leaves} by its id. */
    record Contents(
            String version,
            List<Category> categories,
            List<LeafCues> leaves,
            List<SeverityLevel> severities,
            Intensity intensity,
            List<Churn> churn,
            List<ChannelPreference> channels,
            Cues question,
            Cues promise,
            Map<String, Integer> leafNumbers) {
        Contents(
                String version,
                List<Category> categories,
                List<LeafCues> leaves,
                List<SeverityLevel> severities,
                Intensity intensity,
                List<Churn> churn,
                List<ChannelPreference> channels,
                Cues question,
                Cues promise) {
            this(
                    version,
                    categories,
                    leaves,
                    severities,
                    intensity,
                    churn,
                    channels,
                    question,
                    promise,
                    numbers(leaves));
        }

        public Contents {
            categories = List.copyOf(categories);
            leaves = List.copyOf(leaves);
            severities = List.copyOf(severities);
            churn = List.copyOf(churn);
            channels = List.copyOf(channels);
            leafNumbers = Map.copyOf(leafNumbers);
        }

        private static Map<String, Integer> numbers(List<LeafCues> leaves) {
            return IntStream.range(0, leaves.size())
                    .boxed()
                    .collect(Collectors.toMap(
                            number -> leaves.get(number).leaf().id(), Function.identity(), (first, second) -> first));
        }
    }

    private final Contents contents;
    private final List<Leaf> leaves;

    Taxonomy(Contents contents) {
        this.contents = contents;
        this.leaves = contents.leaves().stream().map(LeafCues::leaf).toList();
    }

    /** The taxonomy that ships with this module. */
    public static Taxonomy standard() {
        try (InputStream in = Resources.open("taxonomy.yaml")) {
            return parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the built-in taxonomy", e);
        } catch (TaxonomyException e) {
            throw new IllegalStateException("the built-in taxonomy is broken", e);
        }
    }

    /**
     * Reads a taxonomy file in UTF-8; the stream stays open.
     *
     * @throws TaxonomyException naming everything that is wrong with it
     */
    public static Taxonomy parse(InputStream in) throws TaxonomyException {
        return parse(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /**
     * Reads a taxonomy file; the reader stays open.
     *
     * @throws TaxonomyException naming everything that is wrong with it
     */
    public static Taxonomy parse(Reader in) throws TaxonomyException {
        return TaxonomyFile.read(in);
    }

    /** All leaves, in the order of the file. */
    public List<Leaf> leaves() {
        return leaves;
    }

    public Optional<Leaf> leaf(String id) {
        return leaves.stream().filter(leaf -> leaf.id().equals(id)).findFirst();
    }

    /**
     * How a leaf is written, for people who look after the taxonomy.
     *
     * @param cues that find it, as they are written; each once, however many languages have it
     * @param unless what silences them
     * @param examples texts that must have it
     * @param counterExamples texts that must not
     */
    public record Written(
            Leaf leaf, List<String> cues, List<String> unless, List<String> examples, List<String> counterExamples) {
        public Written {
            cues = List.copyOf(cues);
            unless = List.copyOf(unless);
            examples = List.copyOf(examples);
            counterExamples = List.copyOf(counterExamples);
        }
    }

    /** How a leaf is written; empty when there is none with this id. */
    public Optional<Written> written(String id) {
        return contents.leaves().stream()
                .filter(leaf -> leaf.leaf().id().equals(id))
                .findFirst()
                .map(leaf -> new Written(
                        leaf.leaf(),
                        written(leaf.cues()),
                        written(leaf.unless()),
                        examples(leaf, true),
                        examples(leaf, false)));
    }

    /**
     * A text that its author wants found under a leaf.
     *
     * @param language BCP 47
     */
    public Optional<String> example(String id, String language) {
        return contents.leaves().stream()
                .filter(leaf -> leaf.leaf().id().equals(id))
                .flatMap(leaf -> leaf.examples().stream())
                .filter(example -> example.matches() && example.language().tag().equals(language))
                .map(Example::text)
                .findFirst();
    }

    private static List<String> written(Cues cues) {
        return Arrays.stream(Language.values())
                .flatMap(language -> cues.in(language).stream())
                .map(WrittenCue::text)
                .distinct()
                .toList();
    }

    private static List<String> examples(LeafCues leaf, boolean matches) {
        return leaf.examples().stream()
                .filter(example -> example.matches() == matches)
                .map(Example::text)
                .toList();
    }

    /** The groups of leaves, in the order of the file. */
    public List<Category> categories() {
        return contents.categories();
    }

    public String version() {
        return contents.version();
    }

    Contents contents() {
        return contents;
    }
}
