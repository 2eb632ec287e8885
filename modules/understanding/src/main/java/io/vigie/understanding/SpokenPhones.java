package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds phone numbers in words: « zéro six douze trente-quatre cinquante-six soixante-dix-huit », "oh seven seven double
 * oh nine...". Nothing else that begins with a zero has ten or eleven digits in a row.
 */
final class SpokenPhones {
    private static final int DIGITS_MIN = 10;
    private static final int DIGITS_MAX = 11;
    private static final int WORDS_MAX = 24;
    private static final int GAP_MAX = 3;
    private static final long NUMBER =
            Sense.bits(Sense.ZERO, Sense.DIGIT, Sense.TEEN, Sense.TENS, Sense.TWICE, Sense.THRICE);

    private SpokenPhones() {}

    static @Nullable Span next(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int end = Letters.end(text, at);
            if (end == at) {
                at++;
                continue;
            }
            boolean zero = Sense.ZERO.in(Vocabulary.senses(text, at, end));
            int phoneEnd = zero ? end(text, at) : at;
            if (phoneEnd > at) {
                return new Span(at, phoneEnd);
            }
            at = end;
        }
        return null;
    }

    /** The end of the number words, if they make as many digits as a phone number has; otherwise {@code start}. */
    private static int end(String text, int start) {
        var digits = new Digits();
        int end = start;
        int at = start;
        for (int words = 0; words < WORDS_MAX && digits.count <= DIGITS_MAX; words++) {
            int wordEnd = Letters.end(text, at);
            long senses = Vocabulary.senses(text, at, wordEnd);
            boolean and = wordEnd - at == 2 && text.regionMatches(true, at, "et", 0, 2);
            if ((senses & NUMBER) == 0 && !and) {
                break;
            }
            if (!and) {
                digits.add(senses, Vocabulary.folded(text.charAt(at)), wordEnd - at);
                end = wordEnd;
            }
            at = overGap(text, wordEnd);
        }
        return digits.count >= DIGITS_MIN && digits.count <= DIGITS_MAX ? end : start;
    }

    private static int overGap(String text, int from) {
        int at = from;
        while (at < text.length()
                && at - from < GAP_MAX
                && (DigitRun.isBlank(text.charAt(at)) || ",-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    /** Counts the digits that words stand for: « vingt-deux » are two, « soixante-dix-huit » and « quatre-vingt » too. */
    private static final class Digits {
        /** What the words so far leave open. */
        private enum Open {
            NOTHING,
            /** After « quatre », which « vingt » may follow. */
            FOUR,
            /** After « vingt », which a single digit may complete. */
            UNIT,
            /** After « soixante » and « quatre-vingt », which « douze » may complete, too. */
            TEEN,
            /** After « dix », which « sept », « huit » and « neuf » may complete. */
            SEVEN_TO_NINE
        }

        private int count;
        private Open open = Open.NOTHING;

        void add(long senses, char first, int length) {
            if (Sense.TENS.in(senses)) {
                tens(first);
            } else if (Sense.TEEN.in(senses)) {
                count += open == Open.TEEN ? 0 : 2;
                open = length == 3 ? Open.SEVEN_TO_NINE : Open.NOTHING;
            } else if (Sense.DIGIT.in(senses)) {
                count += !Sense.ZERO.in(senses) && isCompletedBy(first, length) ? 0 : 1;
                open = first == 'q' ? Open.FOUR : Open.NOTHING;
            } else {
                count += Sense.THRICE.in(senses) ? 2 : 1;
                open = Open.NOTHING;
            }
        }

        private void tens(char first) {
            boolean eighty = open == Open.FOUR && first == 'v';
            count += eighty ? 1 : 2;
            open = eighty || first == 's' ? Open.TEEN : Open.UNIT;
        }

        private boolean isCompletedBy(char first, int length) {
            return switch (open) {
                case NOTHING, FOUR -> false;
                case UNIT, TEEN -> true;
                case SEVEN_TO_NINE -> first == 'h' || first == 'n' || (first == 's' && length == 4);
            };
        }
    }
}
