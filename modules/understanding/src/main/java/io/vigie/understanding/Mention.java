package io.vigie.understanding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Words of a text that are a name of an offer.
 *
 * @param start UTF-16 offset of the first char
 * @param end UTF-16 offset behind the last char
 * @param names whose name it is
 */
record Mention(int start, int end, Set<OfferName> names) {
    Mention {
        names = Set.copyOf(names);
    }

    /** The names in a text, the longest at each place, without overlap. */
    static List<Mention> in(String text, NameIndex names) {
        return new Search(text, names).run();
    }

    int length() {
        return end - start;
    }

    /** Whether it says by itself which offer a text is about. */
    boolean decides() {
        return names.stream().anyMatch(OfferName::decides);
    }

    String written(String text) {
        return text.substring(start, end);
    }

    /**
     * The letters of a text without anything between them, and where its words lie in that: a name is then the letters
     * from the start of one word to the end of another, however blanks and dashes were set.
     */
    private static final class Search {
        private static final int START_LETTERS = OfferCatalogue.MENTION_LETTERS_MIN;

        private final String text;
        private final NameIndex names;
        private final char[] letters;
        private int letterCount;
        private int[] start = new int[32];
        private int[] end = new int[32];
        private int[] from = new int[32];
        private int[] until = new int[32];
        private int count;

        Search(String text, NameIndex names) {
            this.text = text;
            this.names = names;
            this.letters = new char[text.length() * 2 + Folding.EXPANSION_MAX];
        }

        List<Mention> run() {
            for (int at = 0; at < text.length(); ) {
                at = OfferName.isPart(text.charAt(at)) ? part(at) : at + 1;
            }
            var mentions = new ArrayList<Mention>();
            for (int part = 0; part < count; part++) {
                int last = longest(part, mentions);
                part = Math.max(part, last);
            }
            return mentions;
        }

        /** Reads a run of letters and digits, or of plus signs, and returns its end. */
        private int part(int at) {
            boolean plus = text.charAt(at) == '+';
            grow();
            start[count] = at;
            from[count] = letterCount;
            int i = at;
            while (i < text.length()
                    && OfferName.isPart(text.charAt(i))
                    && (text.charAt(i) == '+') == plus
                    && letterCount + Folding.EXPANSION_MAX <= letters.length) {
                letterCount = Folding.fold(text.charAt(i++), letters, letterCount);
            }
            i = Math.max(i, at + 1);
            while (i < text.length() && Character.getType(text.charAt(i)) == Character.NON_SPACING_MARK) {
                i++;
            }
            end[count] = i;
            until[count++] = letterCount;
            return i;
        }

        /** Adds the longest mention that starts with a part, and returns its last part, or -1 without one. */
        private int longest(int part, List<Mention> mentions) {
            if (letters[from[part]] == '+' || !names.mayBegin(letters(from[part], from[part] + START_LETTERS))) {
                return -1;
            }
            int found = -1;
            Set<OfferName> meant = Set.of();
            for (int last = part;
                    last < count && until[last] - from[part] <= OfferCatalogue.MENTION_LETTERS_MAX;
                    last++) {
                Set<OfferName> candidates = names.find(letters(from[part], until[last]));
                if (!candidates.isEmpty() && counts(part, candidates)) {
                    found = last;
                    meant = candidates;
                }
            }
            if (found >= 0) {
                mentions.add(new Mention(start[part], end[found], meant));
            }
            return found;
        }

        /** Whether these names are enough by themselves; a common word needs a capital to be one. */
        private boolean counts(int part, Set<OfferName> candidates) {
            boolean capital = Character.isUpperCase(text.charAt(start[part]));
            for (OfferName name : candidates) {
                boolean lettered = name.key().chars().anyMatch(Character::isLetter);
                if (lettered && (capital || name.distinct())) {
                    return true;
                }
            }
            return false;
        }

        private String letters(int from, int until) {
            return new String(letters, from, Math.min(until, letterCount) - from);
        }

        private void grow() {
            if (count == start.length) {
                start = Arrays.copyOf(start, count * 2);
                end = Arrays.copyOf(end, count * 2);
                from = Arrays.copyOf(from, count * 2);
                until = Arrays.copyOf(until, count * 2);
            }
        }
    }
}
