package io.vigie.understanding;

import java.util.Set;

/**
 * Cuts a text into sentences: at full stops, question and exclamation marks, ellipses and line ends, but not inside
 * numbers, after « M. » and its like, in addresses such as « vigie.fr », or where a mail program has wrapped a line.
 * Lines that quote an earlier message ({@code >}) are somebody else's words and are left out.
 */
final class SentenceSplitter {
    /** Receives one sentence; its end lies behind the mark that ended it. */
    interface Sink {
        void sentence(int from, int until, char mark);
    }

    private static final String CLOSERS = "\"'”’»)]";
    private static final int WRAPPED_LINE_MIN = 56;
    private static final int WORD_LOOK_MAX = 16;
    private static final Set<String> ABBREVIATIONS = Set.of(
            "m", "mm", "mme", "mmes", "mlle", "me", "dr", "pr", "st", "ste", "av", "bd", "art", "ref", "no", "num",
            "tel", "env", "cf", "ex", "min", "max", "qq", "mr", "mrs", "ms", "eg", "ie", "vs", "approx", "acct",
            "dept");
    private static final Set<String> ENDINGS = Set.of(
            "fr", "com", "net", "org", "eu", "io", "info", "be", "ch", "uk", "co", "gouv", "gov", "html", "htm", "php",
            "pdf", "app", "tv", "me", "biz", "js", "exe", "jpg", "png", "zip", "doc", "docx", "xls", "xlsx", "csv");

    private final String text;
    private final Sink sink;
    private int from;
    private int lineFrom;

    private SentenceSplitter(String text, Sink sink) {
        this.text = text;
        this.sink = sink;
    }

    static void split(String text, Sink sink) {
        new SentenceSplitter(text, sink).split();
    }

    private void split() {
        int at = 0;
        while (at < text.length()) {
            at = step(at);
        }
        emit(text.length(), '.');
    }

    private int step(int at) {
        char c = text.charAt(at);
        if (isLineEnd(c)) {
            return lineEnd(at);
        }
        if (c == '>' && startsLine(at)) {
            return skipLine(at);
        }
        return isMark(c) ? marks(at) : at + 1;
    }

    private int lineEnd(int at) {
        if (!isWrapped(at)) {
            emit(at + 1, '.');
        }
        lineFrom = at + 1;
        return at + 1;
    }

    /** A long line that ends without a mark and goes on in lower case was wrapped by a program, not ended by a person. */
    private boolean isWrapped(int at) {
        if (at - lineFrom < WRAPPED_LINE_MIN || !goesOn(text.charAt(at - 1))) {
            return false;
        }
        int next = text.startsWith("\r\n", at) ? at + 2 : at + 1;
        return next < text.length() && Character.isLowerCase(text.charAt(next));
    }

    private static boolean goesOn(char last) {
        return Character.isLetterOrDigit(last) || last == ',';
    }

    private boolean startsLine(int at) {
        return at == 0 || isLineEnd(text.charAt(at - 1));
    }

    private int skipLine(int at) {
        int end = at;
        while (end < text.length() && !isLineEnd(text.charAt(end))) {
            end++;
        }
        from = end;
        return end;
    }

    private int marks(int at) {
        char mark = '.';
        int end = at;
        while (end < text.length() && isMark(text.charAt(end))) {
            char c = text.charAt(end++);
            mark = c == '?' || c == '？' || mark == '?' ? '?' : c == '!' || c == '！' || mark == '!' ? '!' : '.';
        }
        boolean single = end == at + 1 && text.charAt(at) == '.';
        if (single && !endsSentence(at)) {
            return end;
        }
        while (end < text.length() && CLOSERS.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        emit(end, mark);
        return end;
    }

    private boolean endsSentence(int dot) {
        int next = dot + 1;
        if (next == text.length() || !isWordChar(text.charAt(next))) {
            return !isAbbreviated(dot);
        }
        return isGluedSentence(dot, next);
    }

    private boolean isAbbreviated(int dot) {
        int start = wordStart(dot);
        int length = dot - start;
        if (length == 1 && Character.isLetter(text.charAt(start))) {
            return true;
        }
        return length > 1 && length <= 6 && ABBREVIATIONS.contains(Folding.fold(text.substring(start, dot)));
    }

    /** « marche pas.Je veux », but not « vigie.fr », « S.A.V » or « 3.5 ». */
    private boolean isGluedSentence(int dot, int next) {
        int start = wordStart(dot);
        int end = next;
        while (end < text.length() && end - next < WORD_LOOK_MAX && isWordChar(text.charAt(end))) {
            end++;
        }
        return dot - start > 1
                && end - next > 1
                && Character.isLetter(text.charAt(dot - 1))
                && Character.isLetter(text.charAt(next))
                && !isAddress(start, end)
                && !ENDINGS.contains(Folding.fold(text.substring(next, end)));
    }

    /** Whether a word stands in a mail or web address: dotted again, or beside a slash or an at sign. */
    private boolean isAddress(int start, int end) {
        return (start > 0 && "@/.-_".indexOf(text.charAt(start - 1)) >= 0)
                || (end < text.length() && "@/_-".indexOf(text.charAt(end)) >= 0)
                || (end + 1 < text.length() && text.charAt(end) == '.' && isWordChar(text.charAt(end + 1)))
                || text.startsWith("www.", start);
    }

    private int wordStart(int end) {
        int start = end;
        while (start > from && end - start < WORD_LOOK_MAX && isWordChar(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private void emit(int until, char mark) {
        if (until > from) {
            sink.sentence(from, until, mark);
        }
        from = until;
    }

    private static boolean isMark(char c) {
        return c == '.' || c == '!' || c == '?' || c == '…' || c == '？' || c == '！';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085';
    }

    private static boolean isWordChar(char c) {
        return Character.isLetterOrDigit(c);
    }
}
