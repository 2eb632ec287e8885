package io.vigie.understanding;

/** Reads the name of a French town, « Aix-en-Provence », « Le Havre », « saint denis », where one is expected. */
final class Town {
    private static final int STEPS_MAX = 7;
    private static final int LOWER_MIN = 3;
    private static final long NO_TOWN = Sense.bits(
            Sense.NO_NAME,
            Sense.TITLE,
            Sense.SHORT_TITLE,
            Sense.MEETING,
            Sense.SIGN_OFF,
            Sense.RESIDENCE,
            Sense.NAME_WORD);

    private Town() {}

    /** The end of the town that starts at {@code start}, or {@code none}. */
    static int end(String text, int start, int none) {
        int end = none;
        int at = start;
        boolean linked = true;
        for (int step = 0; step < STEPS_MAX; step++) {
            int wordEnd = NameRun.wordEnd(text, at);
            if (wordEnd == at) {
                break;
            }
            long senses = Vocabulary.senses(text, at, Letters.end(text, at));
            if (leadsOn(text, at, wordEnd, senses) && (step > 0 || isArticleOrSaint(text, at))) {
                linked = end == none || mayBeLower(text, at);
            } else if (isPart(text, at, wordEnd, senses, linked)) {
                end = wordEnd;
                linked = false;
            } else {
                break;
            }
            int next = Letters.overBlanks(text, Letters.isApostrophe(text, wordEnd) ? wordEnd + 1 : wordEnd);
            if (next == wordEnd) {
                break;
            }
            at = next;
        }
        return end > none ? overDistrict(text, end) : none;
    }

    /** « saint », « le », « sur » have no meaning without what follows. */
    private static boolean leadsOn(String text, int at, int end, long senses) {
        return Letters.end(text, at) == end && (Sense.LINK.in(senses) || Sense.PARTICLE.in(senses));
    }

    /** No town begins with « de » or « sur ». */
    private static boolean isArticleOrSaint(String text, int at) {
        char first = Vocabulary.folded(text.charAt(at));
        return first == 'l' || (first == 's' && text.charAt(at + 1) != 'u' && text.charAt(at + 1) != 'o');
    }

    /** « Boulogne sur mer », but « Brest en zone fibrée ». */
    private static boolean mayBeLower(String text, int at) {
        return Vocabulary.folded(text.charAt(at)) == 'l' || Vocabulary.folded(text.charAt(at)) == 's';
    }

    private static boolean isPart(String text, int at, int end, long senses, boolean linked) {
        if ((senses & NO_TOWN) != 0 && Letters.end(text, at) == end) {
            return false;
        }
        boolean capital = Letters.isCapital(text, at) && !Letters.isShouted(text, at, end);
        return (capital || linked) && end - at >= LOWER_MIN;
    }

    /** « Paris 15e », « Lyon Cedex 08 ». */
    private static int overDistrict(String text, int end) {
        int word = Letters.overBlanks(text, end);
        int wordEnd = Letters.end(text, word);
        boolean cedex = wordEnd - word == 5 && text.regionMatches(true, word, "cedex", 0, 5);
        int number = cedex ? Letters.overBlanks(text, wordEnd) : word;
        int numberEnd = number < text.length() ? Cards.digitsEnd(text, number) : number;
        int suffixEnd = Letters.end(text, numberEnd);
        boolean brief = numberEnd > number && numberEnd - number <= 2;
        if (cedex) {
            return brief && suffixEnd == numberEnd ? numberEnd : wordEnd;
        }
        return brief && suffixEnd > numberEnd && isOrdinal(text, numberEnd, suffixEnd) ? suffixEnd : end;
    }

    private static boolean isOrdinal(String text, int from, int to) {
        return switch (Folding.fold(text.substring(from, to))) {
            case "e", "er", "eme" -> true;
            default -> false;
        };
    }
}
