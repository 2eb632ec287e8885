package io.vigie.understanding;

/**
 * One name of an offer.
 *
 * @param key its letters, digits and plus signs, folded
 * @param words how many words it has as it is written
 * @param alias whether it was declared as what customers call the offer
 */
record OfferName(String offerId, String key, int words, boolean alias) {

    /** The id of an offer, or its name. */
    static OfferName of(String offerId, String written) {
        return of(offerId, written, false);
    }

    static OfferName alias(String offerId, String written) {
        return of(offerId, written, true);
    }

    private static OfferName of(String offerId, String written, boolean alias) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < written.length(); i++) {
            boolean part = Character.isLetterOrDigit(written.charAt(i));
            words += part && !inside ? 1 : 0;
            inside = part;
        }
        return new OfferName(offerId, key(written), words, alias);
    }

    /** Whether it can be told from other words whatever its case. */
    boolean distinct() {
        return words > 1 || key.chars().anyMatch(Character::isDigit);
    }

    /** Whether a text that has it and no other is about the offer; a single word may as well be the brand's name. */
    boolean decides() {
        return distinct() || alias;
    }

    /** What a name is compared by. */
    static String key(String written) {
        var key = new StringBuilder(written.length());
        for (char c : Folding.fold(written).toCharArray()) {
            if (isPart(c)) {
                key.append(c);
            }
        }
        return key.toString();
    }

    /** The same without the plus signs. */
    static String loose(String key) {
        return key.replace("+", "");
    }

    static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '+';
    }
}
