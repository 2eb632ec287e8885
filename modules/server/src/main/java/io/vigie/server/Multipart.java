package io.vigie.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a form with a file, as a browser sends them: {@code multipart/form-data} of RFC 7578, each part a text. */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile(
            "multipart/form-data\\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile("^content-disposition:\\s*form-data;.*?\\bname=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final String LINE_END = "\r\n";

    private final Map<String, byte[]> parts;

    private Multipart(Map<String, byte[]> parts) {
        this.parts = parts;
    }

    /**
     * Refuses what is no such form, or has other fields.
     *
     * @param bytesMax of the whole
     */
    static Multipart read(Upload upload, Set<String> known, int bytesMax) throws Refusal, IOException {
        Matcher type = BOUNDARY.matcher(upload.contentType() == null ? "" : upload.contentType());
        if (!type.matches()) {
            throw new Refusal(Fault.BAD_MEDIA_TYPE, "send a form: Content-Type: multipart/form-data with its boundary");
        }
        // One char for each byte: boundaries and names are sought in text, and what is between is bytes again.
        String body = new String(upload.read(bytesMax), StandardCharsets.ISO_8859_1);
        String boundary = LINE_END + "--" + (type.group(1) == null ? type.group(2) : type.group(1));
        Map<String, byte[]> parts = new HashMap<>();
        String rest = LINE_END + body;
        int at = rest.indexOf(boundary);
        while (at >= 0 && !rest.startsWith("--", at + boundary.length())) {
            int begin = at + boundary.length() + LINE_END.length();
            int end = rest.indexOf(boundary, begin);
            if (end < 0) {
                throw broken();
            }
            add(parts, rest.substring(begin, end), known);
            at = end;
        }
        if (at < 0) {
            throw broken();
        }
        return new Multipart(parts);
    }

    private static void add(Map<String, byte[]> parts, String part, Set<String> known) throws Refusal {
        int head = part.indexOf(LINE_END + LINE_END);
        Optional<String> name = part.substring(0, Math.max(head, 0))
                .lines()
                .map(NAME::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
        if (name.isEmpty()) {
            throw broken();
        }
        if (!known.contains(name.get()) || parts.containsKey(name.get())) {
            throw new Refusal(Fault.BAD_REQUEST, "the form has a field that is not known here, or one field twice");
        }
        parts.put(name.get(), part.substring(head + 4).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** With line ends as they are everywhere else; empty when nothing was written or chosen. */
    String text(String name) throws Refusal {
        byte[] bytes = parts.getOrDefault(name, new byte[0]);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replace("\uFEFF", "")
                    .replace(LINE_END, "\n");
        } catch (CharacterCodingException e) {
            throw new Refusal(Fault.BAD_REQUEST, "the file is not UTF-8; save it as UTF-8");
        }
    }

    private static Refusal broken() {
        return new Refusal(Fault.BAD_REQUEST, "the form did not arrive whole; send it again");
    }
}
