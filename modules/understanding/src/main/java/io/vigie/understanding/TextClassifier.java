package io.vigie.understanding;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers one question about texts, as it learned from texts that somebody answered it for: which product, which reason,
 * how glad. Immutable: one serves all threads. It sees what {@link Engine} sees in a text, and like it reads French and
 * English best. A model answers as measured with the version of Vigie that trained it.
 */
public final class TextClassifier {
    /** The most different labels: more are names or numbers of something, not a question that words answer. */
    public static final int LABELS_MAX = 500;

    /** The largest file that is read. */
    public static final int MODEL_BYTES_MAX = 256 << 20;

    private static final int BUFFER = 1 << 16;

    /** Stands before the stretches in a file; one without them ends there. */
    private static final int STRETCHES = 'S';

    /** What is the same for every classifier, and takes a moment to build. */
    private static final class Senses {
        private static final Concepts CONCEPTS = Concepts.standard();
        private static final CueReader CUES = new CueReader(Taxonomy.standard());
        private static final LanguageDetector DETECTOR = new LanguageDetector();

        private Senses() {}
    }

    private final LinearModel model;
    private final LinearModel.HeadAt head;
    private final Reading.Reader reader;
    private final StretchModel stretches;

    TextClassifier(LinearModel model, int head, StretchModel stretches) {
        this.model = model;
        this.head = model.head(model.heads().get(head).name());
        this.reader = Reading.Reader.of(model, Senses.CONCEPTS);
        this.stretches = stretches;
    }

    /**
     * Learns from every text that has the head; the same texts, recipe and seed give the same classifier. It is exclusive
     * when each text has exactly one label.
     *
     * @param head the question, such as {@code product}
     * @throws IllegalArgumentException when the texts have fewer than two labels, or more than {@value #LABELS_MAX}
     */
    public static TextClassifier train(List<LabelledText> texts, String head, TrainingRecipe recipe, long seed) {
        SortedSet<String> labels = labels(texts, head);
        if (labels.size() < 2 || labels.size() > LABELS_MAX) {
            throw new IllegalArgumentException(
                    labels.size() + " different labels; a classifier needs 2 to " + LABELS_MAX);
        }
        var question = new Head(head, isExclusive(texts, head), List.copyOf(labels), 0);
        var lesson = new ModelTrainer.Lesson(question, recipe.cost(), recipe.balance());
        var stretches = recipe.stretches() ? StretchTrainer.train(texts, head, seed) : StretchModel.NONE;
        return new TextClassifier(learn(texts, List.of(lesson), seed), 0, stretches);
    }

    static LinearModel learn(List<LabelledText> texts, List<ModelTrainer.Lesson> lessons, long seed) {
        var trainer = new ModelTrainer(Senses.CONCEPTS, ModelBuild.tones(Senses.CUES), seed);
        return trainer.train(
                texts.parallelStream().map(TextClassifier::inItsLanguage).toList(), lessons);
    }

    /** Every label that a text has, in the order of the alphabet. */
    public static SortedSet<String> labels(List<LabelledText> texts, String head) {
        var labels = new TreeSet<String>();
        texts.forEach(text -> labels.addAll(text.labels().getOrDefault(head, Set.of())));
        return labels;
    }

    static boolean isExclusive(List<LabelledText> texts, String head) {
        return texts.stream()
                .allMatch(text -> text.labels().getOrDefault(head, Set.of()).size() == 1);
    }

    /** Training must see the language that reading will see. */
    private static LabelledText inItsLanguage(LabelledText text) {
        String redacted = Redactor.redact(text.text()).text();
        Tokens tokens = Tokenizer.tokenize(redacted);
        return new LabelledText(
                text.text(), Senses.DETECTOR.language(tokens, redacted, text.language()), text.labels());
    }

    /** The question it answers. */
    public String head() {
        return head.head().name();
    }

    public List<String> labels() {
        return head.head().labels();
    }

    public boolean exclusive() {
        return head.head().exclusive();
    }

    /** Changes with every weight. */
    public String version() {
        return model.version() + stretches.version();
    }

    /**
     * Reads any text; nothing makes it throw.
     *
     * @param language of the text, as BCP 47 tells it; null when nobody said
     */
    public Ranked classify(String text, @Nullable String language) {
        String redacted = Redactor.redact(text).text();
        Tokens tokens = Tokenizer.tokenize(redacted);
        Listener listener = Senses.CUES.listen(tokens, Senses.DETECTOR.language(tokens, redacted, language));
        Reading reading = Reading.of(reader, tokens, listener.tone(), listener.asks());
        double[] shares = shares(reading, tokens);
        return new Ranked(
                exclusive(),
                IntStream.range(0, shares.length)
                        .mapToObj(label -> new Ranked.Share(labels().get(label), shares[label]))
                        .sorted(Comparator.comparingDouble(Ranked.Share::share)
                                .reversed()
                                .thenComparing(Ranked.Share::label))
                        .toList());
    }

    /** How likely each label is: by itself, or, where one excludes the others, so that they add up to 1. */
    private double[] shares(Reading reading, Tokens tokens) {
        double[] shares = IntStream.range(0, labels().size())
                .mapToDouble(label -> reading.probability(head, label, 0))
                .toArray();
        if (stretches.knows()) {
            join(shares, stretches.logits(Stretches.of(tokens), shares.length));
        }
        double sum = exclusive() ? Arrays.stream(shares).sum() : 1;
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    /** Two opinions count the same: what is told is their mean, as logarithms of odds. */
    private static void join(double[] probabilities, double[] logits) {
        for (int label = 0; label < logits.length; label++) {
            double logit = Math.log(probabilities[label] / (1 - probabilities[label]));
            probabilities[label] = 1 / (1 + Math.exp(-(logit + logits[label]) / 2));
        }
    }

    /** Writes a form that {@link #read} understands; the stream stays open. */
    public void write(OutputStream to) throws IOException {
        var gzip = new GZIPOutputStream(to);
        var out = new DataOutputStream(new BufferedOutputStream(gzip));
        model.write(out);
        if (stretches.knows()) {
            out.writeByte(STRETCHES);
            stretches.write(out);
        }
        out.flush();
        gzip.finish();
    }

    /**
     * Reads what {@link #write} wrote; the stream stays open.
     *
     * @throws IOException when it is something else, or broken
     */
    public static TextClassifier read(InputStream in) throws IOException {
        byte[] file = in.readNBytes(MODEL_BYTES_MAX + 1);
        if (file.length > MODEL_BYTES_MAX) {
            throw new IOException("it is larger than " + MODEL_BYTES_MAX + " bytes");
        }
        checkSum(file);
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return read(new DataInputStream(new BufferedInputStream(gzip)));
        } catch (ArithmeticException e) {
            throw new IOException("the model is broken: its size overflows", e);
        }
    }

    private static TextClassifier read(DataInputStream in) throws IOException {
        LinearModel model = LinearModel.read(in);
        if (model.heads().size() != 1 || model.heads().getFirst().labels().size() < 2) {
            throw new IOException("the model answers " + model.heads().size() + " questions; a classifier answers one");
        }
        int labels = model.heads().getFirst().labels().size();
        return new TextClassifier(model, 0, readStretches(in, labels));
    }

    private static StretchModel readStretches(DataInputStream in, int labels) throws IOException {
        int next = in.read();
        if (next < 0) {
            return StretchModel.NONE;
        }
        if (next != STRETCHES) {
            throw new IOException("the model is broken: something else stands behind it");
        }
        return StretchModel.read(in, labels);
    }

    /** Reading a model to its last weight does not reach the sum that stands behind it. */
    private static void checkSum(byte[] file) throws IOException {
        var buffer = new byte[BUFFER];
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(file))) {
            while (gzip.read(buffer) >= 0) {
                // Only the sum is wanted.
            }
        }
    }
}
