package io.vigie.server.page;

/**
 * A theme as people read it.
 *
 * @param id of the leaf in the taxonomy, for example {@code network.outage}
 * @param french its name
 * @param english its name
 * @param categoryFrench the name of its category
 * @param categoryEnglish the name of its category
 */
public record ThemeEntry(String id, String french, String english, String categoryFrench, String categoryEnglish) {
    public String name(Language language) {
        return switch (language) {
            case FRENCH -> french;
            case ENGLISH -> english;
        };
    }

    public String category(Language language) {
        return switch (language) {
            case FRENCH -> categoryFrench;
            case ENGLISH -> categoryEnglish;
        };
    }
}
