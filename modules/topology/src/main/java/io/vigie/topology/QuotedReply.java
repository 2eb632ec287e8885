package io.vigie.topology;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out what a mail quotes of an earlier one: those are the words of somebody else, usually an agent. Lines that
 * begin with {@code >} go, and so does everything after a line that introduces a quotation.
 */
final class QuotedReply {
    private static final Pattern INTRODUCTION = Pattern.compile(
            "(?im)^[ \\t]{0,20}(?:(?:le|on) .{1,200}(?:a écrit|wrote) ?:|-{2,} ?(?:message d'origine|original message) ?-{2,})[ \\t]{0,20}$");

    private QuotedReply() {}

    static String without(String body) {
        var introduction = INTRODUCTION.matcher(body);
        String own = introduction.find() ? body.substring(0, introduction.start()) : body;
        if (own.indexOf('>') < 0) {
            return own;
        }
        return own.lines().filter(line -> !line.startsWith(">")).collect(Collectors.joining("\n"));
    }
}
