package io.vigie.understanding;

/**
 * One name of an offer.
 *
 * @param key its letters, digits and plus signs, folded
 * @param words how many words it has as it is written
 */
record OfferName(String offerId, String key, int words) {

    static OfferName of(String offerId, String written) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < written.length(); i++) {
            boolean part = Character.isLetterOrDigit(written.charAt(i));
            words += part && !inside ? 1 : 0;
            inside = part;
        }
        return new OfferName(offerId, key(written), words);
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
