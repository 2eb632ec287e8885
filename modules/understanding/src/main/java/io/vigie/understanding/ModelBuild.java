package io.vigie.understanding;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Trains the model that ships with this module, when it is built. Not for use at run time. */
public final class ModelBuild {
    private static final long SEED = 42;

    /** Beside the corpus, which is larger: more of them, and the model hears less well what is said in an unusual way. */
    private static final int COMPOSED_FRENCH = 14_000;

    private static final int COMPOSED_ENGLISH = 3_500;

    private ModelBuild() {}

    /**
     * Trains, unless the model there is already the one that these texts and this code give.
     *
     * @param args the directories of the corpus, of the phrases and of the compiled classes, the file to write, and a file
     *     to remember what it was made from
     * @throws IOException when something cannot be read or written, or a text of the corpus is wrong
     */
    public static void main(String[] args) throws IOException {
        Path corpus = Path.of(args[0]);
        Path phrases = Path.of(args[1]);
        Path model = Path.of(args[3]);
        Path mark = Path.of(args[4]);
        String madeFrom = fingerprint(List.of(corpus, phrases, Path.of(args[2])));
        if (Files.exists(model) && Files.exists(mark) && Files.readString(mark).equals(madeFrom)) {
            return;
        }
        Files.createDirectories(model.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(model)) {
            train(texts(corpus, phrases)).write(out);
        }
        Files.writeString(mark, madeFrom);
    }

    private static List<LabelledText> texts(Path corpus, Path phrases) throws IOException {
        var texts = new ArrayList<>(Corpus.read(corpus));
        texts.addAll(composer(phrases, Language.FRENCH).compose(COMPOSED_FRENCH));
        texts.addAll(composer(phrases, Language.ENGLISH).compose(COMPOSED_ENGLISH));
        return texts;
    }

    private static Composer composer(Path phrases, Language language) throws IOException {
        return new Composer(PhraseBook.read(phrases, language.tag()), Taxonomy.standard(), SEED);
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
    private static String fingerprint(List<Path> directories) throws IOException {
        var digest = sha256();
        for (Path directory : directories) {
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
