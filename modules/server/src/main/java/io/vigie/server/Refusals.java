package io.vigie.server;

import io.vigie.server.page.Language;
import io.vigie.server.page.Wording;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the language of a page what the API says in English, without the place, which a page shows. */
final class Refusals {
    private static final Pattern PLACE = Pattern.compile(",? (?:at )?\\(?column \\d+\\)?");
    private static final List<Rule> FRENCH = read();

    private Refusals() {}

    private record Rule(Pattern english, String french) {}

    /** In English where no French is known. */
    static String said(String detail, Wording in) {
        String plain = plain(detail);
        return in.language() == Language.FRENCH ? french(plain).orElse(plain) : plain;
    }

    /** Whether {@link #said} is English on a French page. */
    static boolean isEnglish(String detail, Wording in) {
        return in.language() == Language.FRENCH && french(plain(detail)).isEmpty();
    }

    private static String plain(String detail) {
        return PLACE.matcher(detail).replaceAll("");
    }

    private static Optional<String> french(String plain) {
        for (Rule rule : FRENCH) {
            Matcher found = rule.english().matcher(plain);
            if (found.matches()) {
                return Optional.of(found.replaceFirst(rule.french()));
            }
        }
        return Optional.empty();
    }

    private static List<Rule> read() {
        String file =
                new String(Document.resource("refusals_fr.txt", "text/plain").body(), StandardCharsets.UTF_8);
        return file.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Refusals::rule)
                .toList();
    }

    private static Rule rule(String line) {
        int tab = line.indexOf('\t');
        return new Rule(Pattern.compile(line.substring(0, tab)), Wording.french(line.substring(tab + 1)));
    }
}
