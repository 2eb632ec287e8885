package io.vigie.understanding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What changes when one taxonomy takes the place of another: which of some texts gain which leaf, and which lose it, as
 * the whole engine understands them. Owned by one thread.
 */
public final class TaxonomyDiff {
    /** The most chars of a text that is shown as an example. */
    public static final int EXCERPT_CHARS_MAX = 160;

    private static final int EXCERPT_LEAD = 40;
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Which of the taxonomies have a leaf. */
    public enum Presence {
        BOTH,
        ONLY_BEFORE,
        ONLY_AFTER
    }

    /**
     * What changed under one leaf.
     *
     * @param gained how many texts have it only by the new taxonomy
     * @param lost how many have it only by the old one
     * @param gainedTexts the first of those gained, redacted, shortened to the place that earned the leaf
     * @param lostTexts the first of those lost, likewise
     */
    public record Change(
            String leaf, Presence presence, long gained, long lost, List<String> gainedTexts, List<String> lostTexts) {
        public Change {
            gainedTexts = List.copyOf(gainedTexts);
            lostTexts = List.copyOf(lostTexts);
        }
    }

    /**
     * What changed in all.
     *
     * @param changed how many of the texts gained or lost a leaf
     * @param gained how many leaves were gained, summed over the texts
     * @param lost how many were lost
     * @param silentBefore how many texts have no leaf at all by the old taxonomy
     * @param silentAfter how many have none by the new one
     */
    public record Totals(long texts, long changed, long gained, long lost, long silentBefore, long silentAfter) {}

    private final Engine before;
    private final Engine after;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private long texts;
    private long changed;
    private long silentBefore;
    private long silentAfter;

    private TaxonomyDiff(Taxonomy before, Taxonomy after, int shown) {
        this.before = Engine.of(before);
        this.after = Engine.of(after);
        after.leaves().forEach(leaf -> tallies.put(leaf.id(), new Tally(leaf.id(), Presence.ONLY_AFTER, shown)));
        for (Leaf leaf : before.leaves()) {
            Presence presence = tallies.containsKey(leaf.id()) ? Presence.BOTH : Presence.ONLY_BEFORE;
            tallies.put(leaf.id(), new Tally(leaf.id(), presence, shown));
        }
    }

    /**
     * A comparison without texts yet.
     *
     * @param shown how many texts to keep as examples for each leaf, of those gained and of those lost
     */
    public static TaxonomyDiff between(Taxonomy before, Taxonomy after, int shown) {
        return new TaxonomyDiff(before, after, shown);
    }

    /** Understands one more text by both. */
    public void add(Utterance utterance) {
        Understood old = before.understand(utterance);
        Understood now = after.understand(utterance);
        Map<String, Theme> lost = byLeaf(old);
        Map<String, Theme> gained = byLeaf(now);
        lost.keySet().removeAll(byLeaf(now).keySet());
        gained.keySet().removeAll(byLeaf(old).keySet());
        lost.values().forEach(theme -> tally(theme).lost.add(old.text(), theme));
        gained.values().forEach(theme -> tally(theme).gained.add(now.text(), theme));
        texts++;
        changed += lost.isEmpty() && gained.isEmpty() ? 0 : 1;
        silentBefore += old.themes().isEmpty() ? 1 : 0;
        silentAfter += now.themes().isEmpty() ? 1 : 0;
    }

    /** The leaves that some text gained or lost, or that only one taxonomy has; those of the new one first. */
    public List<Change> changes() {
        return tallies.values().stream()
                .filter(tally -> tally.presence != Presence.BOTH || tally.gained.count > 0 || tally.lost.count > 0)
                .map(Tally::change)
                .toList();
    }

    public Totals totals() {
        Collection<Tally> all = tallies.values();
        return new Totals(
                texts,
                changed,
                all.stream().mapToLong(tally -> tally.gained.count).sum(),
                all.stream().mapToLong(tally -> tally.lost.count).sum(),
                silentBefore,
                silentAfter);
    }

    private static Map<String, Theme> byLeaf(Understood understood) {
        return understood.themes().stream().collect(Collectors.toMap(Theme::id, Function.identity()));
    }

    private Tally tally(Theme theme) {
        Tally tally = tallies.get(theme.id());
        if (tally == null) {
            throw new IllegalStateException("leaf " + theme.id() + " is in neither taxonomy");
        }
        return tally;
    }

    private static final class Tally {
        private final String leaf;
        private final Presence presence;
        private final Side gained;
        private final Side lost;

        Tally(String leaf, Presence presence, int shown) {
            this.leaf = leaf;
            this.presence = presence;
            this.gained = new Side(shown);
            this.lost = new Side(shown);
        }

        Change change() {
            return new Change(leaf, presence, gained.count, lost.count, gained.texts, lost.texts);
        }
    }

    private static final class Side {
        private final int shown;
        private final List<String> texts = new ArrayList<>();
        private long count;

        Side(int shown) {
            this.shown = shown;
        }

        void add(String text, Theme theme) {
            count++;
            if (texts.size() < shown) {
                texts.add(excerpt(text, theme.evidence().getFirst()));
            }
        }
    }

    /**
     * One line of a text, with the words that matter in it.
     *
     * @param shown a range of the text
     */
    public static String excerpt(String text, Span shown) {
        int from = shown.end() <= EXCERPT_CHARS_MAX ? 0 : Math.max(0, shown.start() - EXCERPT_LEAD);
        int until = Math.min(text.length(), from + EXCERPT_CHARS_MAX);
        from += Character.isLowSurrogate(text.charAt(from)) ? 1 : 0;
        until -= Character.isHighSurrogate(text.charAt(until - 1)) ? 1 : 0;
        String line = SPACE.matcher(text.substring(from, until)).replaceAll(" ").strip();
        return (from > 0 ? "…" : "") + line + (until < text.length() ? "…" : "");
    }
}
