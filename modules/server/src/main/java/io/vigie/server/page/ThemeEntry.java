package io.vigie.server.page;

/**
 * A theme as people read it.
 *
 * @param id of the leaf in the taxonomy, for example {@code network.outage}
 * @param french its name
 * @param english its name
 * @param categoryFrench the name of its category
 * @param categoryEnglish the name of its category
 * @param exampleFrench what customers say of it; empty where nobody wrote an example
 * @param exampleEnglish what customers say of it
 */
public record ThemeEntry(
        String id,
        String french,
        String english,
        String categoryFrench,
        String categoryEnglish,
        String exampleFrench,
        String exampleEnglish) {
    /** Without examples. */
    public ThemeEntry(String id, String french, String english, String categoryFrench, String categoryEnglish) {
        this(id, french, english, categoryFrench, categoryEnglish, "", "");
    }

    public String name(Language language) {
        return switch (language) {
            case FRENCH -> french;
            case ENGLISH -> english;
        };
    }

    /** What it means, by what customers say of it; empty where nobody wrote an example. */
    public String example(Language language) {
        return switch (language) {
            case FRENCH -> exampleFrench;
            case ENGLISH -> exampleEnglish;
        };
    }

    public String category(Language language) {
        return switch (language) {
            case FRENCH -> categoryFrench;
            case ENGLISH -> categoryEnglish;
        };
    }
}
