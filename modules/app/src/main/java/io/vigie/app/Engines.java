package io.vigie.app;

import io.vigie.understanding.Engine;
import io.vigie.understanding.Taxonomy;
import io.vigie.understanding.TaxonomyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds engines from what files and settings say. */
final class Engines {
    private Engines() {}

    /** @throws CommandFailedException when a file cannot be used; tells which and why */
    static Engine of(Config.Classifier files) {
        Taxonomy taxonomy = files.taxonomy().map(Engines::taxonomy).orElseGet(Taxonomy::standard);
        if (files.model().isEmpty()) {
            return Engine.of(taxonomy);
        }
        Path file = files.model().get();
        try (InputStream in = Files.newInputStream(file)) {
            return Engine.of(taxonomy, in);
        } catch (IOException e) {
            throw new CommandFailedException("cannot use the model " + file + ": " + e, e);
        }
    }

    /** @throws CommandFailedException when it cannot be used; tells why, a line for each problem */
    static Taxonomy taxonomy(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Taxonomy.parse(in);
        } catch (TaxonomyException e) {
            String problems = String.join("\n" + file + ": ", e.problems());
            throw new CommandFailedException(file + ": " + problems, e);
        } catch (IOException e) {
            throw new CommandFailedException("cannot use the taxonomy " + file + ": " + e, e);
        }
    }
}
