package io.vigie.app;

import io.vigie.understanding.ClassificationReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Gives a report to a person: as text on standard output, and as a page where one is wanted. */
final class Reports {
    private Reports() {}

    static void give(String title, ClassificationReport report, @Nullable Path page) throws IOException {
        PrintStream out = System.out;
        out.print(ReportText.of(title, report));
        out.flush();
        if (page != null) {
            Files.writeString(page, ReportPage.of(title, report));
        }
    }

    /** What takes minutes must not fail at its end for a reason that is known at its beginning. */
    static void checkWritable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
            throw new CommandFailedException("cannot write " + file + ": "
                    + (Files.isDirectory(file) ? "it is a directory" : "there is no directory " + directory));
        }
        if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(directory)) {
            throw new CommandFailedException("cannot write " + file + ": it is not allowed");
        }
    }
}
