package io.vigie.understanding;

/**
 * One theme of the taxonomy.
 *
 * @param id unique, such as {@code billing.price_increase}
 * @param category the id of the category it stands in
 * @param french its name for French readers
 * @param english its name for English readers
 * @param kind what kind of thing customers say under it
 * @param severity 0..4, how grave it is by itself
 */
public record Leaf(String id, String category, String french, String english, Kind kind, int severity) {

    /** What a text under this leaf usually is. */
    public enum Kind {
        COMPLAINT,
        QUESTION,
        PRAISE
    }
}
