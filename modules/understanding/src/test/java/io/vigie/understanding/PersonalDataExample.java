package io.vigie.understanding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in which the personal data is marked.
 *
 * @param file the name of its file without ending, which is the kind in lower case, {@code none} or {@code mixed}
 * @param marks what must be replaced
 */
record PersonalDataExample(String file, String text, Set<Mark> marks) {

    /** One piece of personal data; offsets in the text as it was written. */
    record Mark(String kind, int start, int end) {}

    private static final List<String> FILES = List.of(
            "email",
            "phone",
            "iban",
            "card",
            "nir",
            "address",
            "birthdate",
            "name",
            "ip",
            "mac",
            "plate",
            "customer",
            "mixed",
            "none");
    private static final Pattern MARKED = Pattern.compile("\\{([A-Z]+):([^}]*)}");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\[(EMAIL|PHONE|IBAN|CARD|NIR|ADDRESS|BIRTHDATE|NAME|IP|MAC|PLATE|CUSTOMER)]");

    static List<PersonalDataExample> all() throws IOException {
        var examples = new ArrayList<PersonalDataExample>();
        for (String file : FILES) {
            try (var reader = reader(file)) {
                reader.lines()
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(line -> examples.add(of(file, line.replace("\\n", "\n"))));
            }
        }
        return examples;
    }

    /** The text as it should become. */
    String redacted() {
        var redacted = new StringBuilder();
        int at = 0;
        for (Mark mark : marks.stream().sorted((a, b) -> a.start() - b.start()).toList()) {
            redacted.append(text, at, mark.start())
                    .append('[')
                    .append(mark.kind())
                    .append(']');
            at = mark.end();
        }
        return redacted.append(text, at, text.length()).toString();
    }

    /** What a redacted text replaced, told by what it left when it is not as it should be. */
    Set<Mark> replacedIn(String redacted) {
        if (redacted.equals(redacted())) {
            return marks;
        }
        var marks = new HashSet<Mark>();
        List<MatchResult> placeholders = PLACEHOLDER.matcher(redacted).results().toList();
        int from = 0;
        int at = 0;
        for (int i = 0; i < placeholders.size(); i++) {
            MatchResult placeholder = placeholders.get(i);
            at += placeholder.start() - from;
            boolean last = i + 1 == placeholders.size();
            String kept = redacted.substring(
                    placeholder.end(),
                    last ? redacted.length() : placeholders.get(i + 1).start());
            int end = last ? text.length() - kept.length() : text.indexOf(kept, at + 1);
            marks.add(new Mark(placeholder.group(1), at, end));
            at = end;
            from = placeholder.end();
        }
        return marks;
    }

    private static PersonalDataExample of(String file, String line) {
        var text = new StringBuilder();
        var marks = new HashSet<Mark>();
        Matcher matcher = MARKED.matcher(line);
        int at = 0;
        while (matcher.find()) {
            text.append(line, at, matcher.start());
            marks.add(new Mark(
                    matcher.group(1),
                    text.length(),
                    text.length() + matcher.group(2).length()));
            text.append(matcher.group(2));
            at = matcher.end();
        }
        return new PersonalDataExample(
                file, text.append(line, at, line.length()).toString(), Set.copyOf(marks));
    }

    private static BufferedReader reader(String file) {
        var in = PersonalDataExample.class.getResourceAsStream("personal-data/" + file + ".txt");
        return new BufferedReader(new InputStreamReader(Objects.requireNonNull(in, file), StandardCharsets.UTF_8));
    }
}
