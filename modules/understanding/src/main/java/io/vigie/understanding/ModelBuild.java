package io.vigie.understanding;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Trains the model that ships with this module, when it is built. Not for use at run time. */
public final class ModelBuild {
    private static final long SEED = 42;

    private ModelBuild() {}

    /**
     * Trains, unless the model there is already the one that these texts and this code give.
     *
     * @param args the directory of the corpus, the directory of the compiled classes, the file to write, and a file to
     *     remember what it was made from
     * @throws IOException when something cannot be read or written, or a text of the corpus is wrong
     */
    public static void main(String[] args) throws IOException {
        Path corpus = Path.of(args[0]);
        Path model = Path.of(args[2]);
        Path mark = Path.of(args[3]);
        String madeFrom = fingerprint(corpus, Path.of(args[1]));
        if (Files.exists(model) && Files.exists(mark) && Files.readString(mark).equals(madeFrom)) {
            return;
        }
        Files.createDirectories(model.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(model)) {
            train(Corpus.read(corpus)).write(out);
        }
        Files.writeString(mark, madeFrom);
    }

    static LinearModel train(List<LabelledText> texts) {
        var reader = new CueReader(Taxonomy.standard());
        var trainer = new ModelTrainer(Concepts.standard(), tones(reader), SEED);
        return trainer.train(texts, Lessons.standard(Taxonomy.standard()));
    }

    static ModelTrainer.ToneFinder tones(CueReader reader) {
        return (tokens, language) -> {
            Listener listener = reader.listen(tokens, language);
            return new ModelTrainer.ToneFinder.Overall(listener.tone(), listener.asks());
        };
    }

    /** Of everything that the model depends on: the texts, and the code and word lists that read them. */
    private static String fingerprint(Path corpus, Path classes) throws IOException {
        var digest = sha256();
        for (Path directory : List.of(corpus, classes)) {
            try (var found = Files.walk(directory)) {
                for (Path file : found.filter(ModelBuild::counts).sorted().toList()) {
                    digest.update(file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean counts(Path file) {
        String name = file.toString();
        return Arrays.asList(".tsv", ".class", ".txt", ".yaml").stream().anyMatch(name::endsWith);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
