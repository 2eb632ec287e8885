package io.vigie.server;

import io.vigie.server.page.Language;
import io.vigie.server.page.Wording;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the language of a page what checks say in English. */
final class HealthWords {
    /** What a check says of a rebuild stands behind what it says first. */
    private static final String ALSO = "; the index is built anew: ";

    private static final List<Rule> FRENCH = read();

    private HealthWords() {}

    private record Rule(Pattern english, String french) {}

    /** In English where no French is known. */
    static String said(String detail, Wording in) {
        return in.language() == Language.FRENCH ? french(detail).orElse(detail) : detail;
    }

    /** Whether {@link #said} is English on a French page. */
    static boolean isEnglish(String detail, Wording in) {
        return in.language() == Language.FRENCH && french(detail).isEmpty();
    }

    private static Optional<String> french(String detail) {
        if (detail.isEmpty()) {
            return Optional.of("");
        }
        int also = detail.indexOf(ALSO);
        if (also <= 0) {
            return one(detail);
        }
        Optional<String> first = one(detail.substring(0, also));
        Optional<String> second = one(detail.substring(also + 2));
        return first.flatMap(said -> second.map(more -> said + " " + more));
    }

    private static Optional<String> one(String detail) {
        for (Rule rule : FRENCH) {
            Matcher found = rule.english().matcher(detail);
            if (found.matches()) {
                return Optional.of(found.replaceFirst(rule.french()));
            }
        }
        return Optional.empty();
    }

    private static List<Rule> read() {
        String file =
                new String(Document.resource("health_fr.txt", "text/plain").body(), StandardCharsets.UTF_8);
        return file.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(HealthWords::rule)
                .toList();
    }

    private static Rule rule(String line) {
        int tab = line.indexOf('\t');
        return new Rule(Pattern.compile(line.substring(0, tab)), Wording.french(line.substring(tab + 1)));
    }
}
