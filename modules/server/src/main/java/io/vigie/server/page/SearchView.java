package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * The search page.
 *
 * @param box what is in the form
 * @param trouble what is wrong with what was asked; nothing was found then
 * @param told the outcome in one sentence, for those who hear the page
 * @param found empty when there is trouble
 * @param notice instead of verbatims, when there are none
 * @param saved searches with a name
 * @param opensHelp whether the help is open
 * @param unnamed the address without what was typed, which must not stand in one; empty where it may
 */
public record SearchView(
        Frame frame,
        Box box,
        Optional<Trouble> trouble,
        String told,
        List<Chip> chips,
        String cleared,
        Optional<Found> found,
        Optional<Notice> notice,
        Optional<ComparisonView> comparison,
        Saved saved,
        List<Example> examples,
        boolean opensHelp,
        Optional<String> unnamed) {
    /** How many verbatims can be picked: as many as one query names, and one address holds. */
    public static final int PICKED_MAX = 50;

    public SearchView {
        chips = List.copyOf(chips);
        examples = List.copyOf(examples);
    }

    /** A value that the form sends along. */
    public record Hidden(String name, String value) {}

    /** A way to another state of the page. */
    public record Way(String text, String address, boolean isCurrent) {}

    /**
     * A field for an end of the period.
     *
     * @param kind of the field, {@code date} or {@code datetime-local}
     */
    public record Moment(String value, String kind) {}

    /** What is in the form. */
    public record Box(String q, List<Hidden> hidden, Moment from, Moment to, List<Way> presets, List<Option> sorts) {
        public Box {
            hidden = List.copyOf(hidden);
            presets = List.copyOf(presets);
            sorts = List.copyOf(sorts);
        }
    }

    /** A choice of the order. */
    public record Option(String value, String text, boolean isChosen) {}

    /**
     * What is wrong with what was asked.
     *
     * @param before the query up to the place
     * @param at the place, one sign of the query or a blank
     * @param after the query behind it
     * @param meant a query that was probably meant, and how many it finds
     */
    public record Trouble(
            String title,
            String detail,
            boolean isEnglish,
            boolean hasPlace,
            String before,
            String at,
            String after,
            Optional<Way> meant) {}

    /** A value to filter by. */
    public record Value(
            String id, String name, long count, String share, boolean isOn, String address, Optional<String> except) {}

    /**
     * A list of values.
     *
     * @param values the first ones
     * @param others the rest, folded away
     * @param isCut whether there may be more values than are counted
     */
    public record Facet(String id, String name, List<Value> values, List<Value> others, boolean isCut) {
        public Facet {
            values = List.copyOf(values);
            others = List.copyOf(others);
        }
    }

    /** A verbatim and how many are nearly the same. */
    public record Hit(VerbatimCard card, Optional<Way> duplicates) {}

    /**
     * What was found.
     *
     * @param total exact
     * @param count the total in words
     * @param live what the live feed is asked for the same, as an address
     * @param since the id of the event of the live feed behind which this list may miss something
     * @param atMs when it was found, in milliseconds since 1970
     * @param isContinued whether this is not the first page
     * @param exact the same words as they are written, or in any form again
     * @param export how it is taken away; empty where its address would keep what must not be kept
     * @param next the next page
     */
    public record Found(
            long total,
            String count,
            String took,
            String live,
            String since,
            long atMs,
            List<Facet> facets,
            Optional<Chart> chart,
            List<Figure> figures,
            Optional<Way> meant,
            Way dividing,
            Way grouping,
            Optional<Way> comparing,
            Optional<Way> exact,
            Optional<Export> export,
            List<Hit> hits,
            boolean isContinued,
            String first,
            Optional<String> next) {
        public Found {
            facets = List.copyOf(facets);
            figures = List.copyOf(figures);
            hits = List.copyOf(hits);
        }
    }

    /**
     * A file of all that was found.
     *
     * @param ways the whole, in one click
     * @param asked fields of the form that say what is asked
     * @param columns to choose from
     */
    public record Export(List<Way> ways, List<Hidden> asked, List<Option> columns) {
        public Export {
            ways = List.copyOf(ways);
            asked = List.copyOf(asked);
            columns = List.copyOf(columns);
        }
    }

    /**
     * A search with a name.
     *
     * @param page of its own, with what it found
     */
    public record SavedOne(String name, String address, boolean isActive, Optional<String> owner, String page) {}

    /**
     * Searches with a name.
     *
     * @param current what the form saves, as an address of the page
     * @param said what has just become of one
     */
    public record Saved(List<SavedOne> all, String current, boolean canSave, Optional<String> said) {
        public Saved {
            all = List.copyOf(all);
        }
    }

    /** A query to learn from. */
    public record Example(String query, String meaning, String address) {}
}
