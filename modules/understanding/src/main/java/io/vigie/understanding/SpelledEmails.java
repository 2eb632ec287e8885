package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds e-mail addresses whose marks are words: « jean point dupont arobase exemple point fr », "jean[at]exemple.fr",
 * "jean at exemple dot com". The domain must end in a known way; a bare "at" must besides have its dots in words too, or
 * a mailbox before it.
 */
final class SpelledEmails {
    private static final int PARTS_MAX = 6;
    private static final int PART_MAX = 40;
    private static final long LINKS = Sense.bits(Sense.DOT, Sense.DASH);

    private SpelledEmails() {}

    static @Nullable Span next(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int end = Letters.end(text, at);
            if (end == at) {
                at++;
                continue;
            }
            long senses = Vocabulary.senses(text, at, end);
            Span found = Sense.AT_SIGN.in(senses) || Sense.AT_WORD.in(senses)
                    ? around(text, from, at, end, Sense.AT_SIGN.in(senses))
                    : null;
            if (found != null) {
                return found;
            }
            at = end;
        }
        return null;
    }

    private static @Nullable Span around(String text, int from, int sign, int signEnd, boolean arobase) {
        boolean bracketed = Bracket.opens(text, sign - 1) && Bracket.closes(text, signEnd);
        int nameEnd = Bracket.before(text, from, sign);
        int domain = Bracket.behind(text, signEnd);
        int nameStart = nameStart(text, from, nameEnd);
        int domainEnd = domainEnd(text, domain);
        if (nameStart == nameEnd || domainEnd == domain) {
            return null;
        }
        boolean at = signEnd - sign == 2;
        boolean meant =
                arobase || bracketed || isMeant(text, nameStart, nameEnd, at && isSpelled(text, domain, domainEnd));
        return meant ? new Span(nameStart, domainEnd) : null;
    }

    private static boolean isSpelled(String text, int domain, int domainEnd) {
        return text.substring(domain, domainEnd).indexOf(' ') > 0;
    }

    /** Whether "at" or « chez » is the sign, as it is not in "I found it at example.com". */
    private static boolean isMeant(String text, int nameStart, int nameEnd, boolean spelled) {
        boolean word = Sense.NO_NAME.in(Vocabulary.senses(text, nameStart, nameEnd)) || isThing(text, nameStart);
        boolean mailbox = false;
        for (int i = nameStart; i < nameEnd; i++) {
            mailbox |= "._ ".indexOf(text.charAt(i)) >= 0;
        }
        return spelled ? !word : mailbox;
    }

    /** "the deal at example dot com" has no mailbox. */
    private static boolean isThing(String text, int nameStart) {
        int end = Letters.beforeBlanks(text, nameStart);
        return switch (Folding.fold(text.substring(Letters.start(text, end), end))) {
            case "the", "a", "an", "my", "your", "our", "this", "that", "these", "some", "any", "no" -> true;
            default -> false;
        };
    }

    private static int nameStart(String text, int from, int end) {
        int start = partStart(text, from, end);
        for (int parts = 1; parts < PARTS_MAX && start < end; parts++) {
            int link = Bracket.before(text, from, start);
            int linkStart = Letters.start(text, link);
            boolean links =
                    link < start && linkStart >= from && (Vocabulary.senses(text, linkStart, link) & LINKS) != 0;
            int partEnd = links ? Bracket.before(text, from, linkStart) : 0;
            int partStart = links ? partStart(text, from, partEnd) : 0;
            if (!links || partStart == partEnd) {
                break;
            }
            start = partStart;
        }
        return start;
    }

    private static int partStart(String text, int from, int end) {
        int limit = Math.max(from, end - PART_MAX);
        int start = end;
        while (start > limit && isPart(text.charAt(start - 1))) {
            start--;
        }
        while (start < end && !Character.isLetterOrDigit(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /** The end of the last ending of the labels, or {@code start} when they have none. */
    private static int domainEnd(String text, int start) {
        int end = start;
        int at = start;
        for (int labels = 0; labels < PARTS_MAX; labels++) {
            int labelEnd = labelEnd(text, at);
            long senses = Vocabulary.senses(text, at, labelEnd);
            boolean ends = (labels > 0 && Sense.ENDING.in(senses)) || Sense.PROVIDER.in(senses);
            end = ends ? labelEnd : end;
            int next = overDot(text, labelEnd);
            if (labelEnd == at || next == labelEnd) {
                break;
            }
            at = next;
        }
        return end;
    }

    private static int overDot(String text, int at) {
        if (Letters.isAt(text, at, '.') && Letters.isLetterOrDigitAt(text, at + 1)) {
            return at + 1;
        }
        int word = Bracket.behind(text, at);
        int wordEnd = Letters.end(text, word);
        return word > at && (Vocabulary.senses(text, word, wordEnd) & LINKS) != 0 ? Bracket.behind(text, wordEnd) : at;
    }

    private static int labelEnd(String text, int at) {
        int limit = Math.min(text.length(), at + PART_MAX);
        int end = at;
        while (end < limit && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        return end;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || "._+-".indexOf(c) >= 0;
    }

    /** The blanks and brackets that set a spelled mark apart. */
    private static final class Bracket {
        private static final String OPENING = "[({<";
        private static final String CLOSING = "])}>";
        private static final int GAP_MAX = 3;

        private Bracket() {}

        static boolean opens(String text, int at) {
            return at >= 0 && OPENING.indexOf(text.charAt(at)) >= 0;
        }

        static boolean closes(String text, int at) {
            return at < text.length() && CLOSING.indexOf(text.charAt(at)) >= 0;
        }

        static int before(String text, int from, int at) {
            int before = at;
            while (before > from && at - before < GAP_MAX && isGap(text, before - 1, OPENING)) {
                before--;
            }
            return before;
        }

        static int behind(String text, int at) {
            int behind = at;
            while (behind < text.length() && behind - at < GAP_MAX && isGap(text, behind, CLOSING + OPENING)) {
                behind++;
            }
            return behind;
        }

        private static boolean isGap(String text, int at, String brackets) {
            return DigitRun.isBlank(text.charAt(at)) || brackets.indexOf(text.charAt(at)) >= 0;
        }
    }
}
