package io.vigie.understanding;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The offers, by all the names that sources and customers give them.
 *
 * <p>One thread at a time may change it ({@code put} and {@code remove} exclude each other); any number may resolve
 * meanwhile, without waiting. A reader that meets a change half made sees the offer under its former names, its new
 * ones, or both, never under none, unless it is being removed.
 *
 * <p>Names are compared by their letters, digits and plus signs alone: case, accents, blanks, dashes and dots do not
 * matter. The plus signs of « Cloud ++ » tell two offers apart where that matters, and may be missing where it does
 * not. A name that two offers share names neither.
 */
public final class OfferCatalogue {
    /** The longest name, in letters, that is looked for in a text; longer ones only count as a source's word. */
    public static final int MENTION_LETTERS_MAX = 80;

    /** The shortest name, in letters, that is looked for in a text. */
    public static final int MENTION_LETTERS_MIN = 3;

    /**
     * Which offer is meant.
     *
     * @param offerId the offer, when exactly one is meant
     * @param mention the words that named it, as written by the source or in the text; they are kept when no offer or
     *     several go by them, and absent when the source gave an offer's exact id
     */
    public record Resolution(Optional<String> offerId, Optional<String> mention) {}

    private static final Resolution NOTHING = new Resolution(Optional.empty(), Optional.empty());

    private final Map<String, Set<OfferName>> offers = new ConcurrentHashMap<>();
    private final NameIndex names = new NameIndex();

    /** Declares an offer, or gives it other names; the former ones are forgotten. */
    public synchronized void put(String offerId, String name, List<String> aliases) {
        var now = new HashSet<OfferName>();
        now.add(OfferName.of(offerId, offerId));
        now.add(OfferName.of(offerId, name));
        aliases.forEach(alias -> now.add(OfferName.alias(offerId, alias)));
        now.removeIf(offerName -> offerName.key().isEmpty());
        Set<OfferName> before = offers.getOrDefault(offerId, Set.of());
        now.stream().filter(added -> !before.contains(added)).forEach(names::add);
        offers.put(offerId, Set.copyOf(now));
        before.stream().filter(former -> !now.contains(former)).forEach(names::remove);
    }

    /** Forgets an offer; one that is not there is no matter. */
    public synchronized void remove(String offerId) {
        Set<OfferName> before = offers.remove(offerId);
        if (before != null) {
            before.forEach(names::remove);
        }
    }

    /**
     * Which offer an event is about. What the source said is final: when it is not in the catalogue, the text is not
     * asked. Without a source's word, the offer that the text names counts, when no other is named.
     *
     * <p>A word alone is often the brand or the shop and not the offer. So a name of one word without a digit is a
     * mention only with a capital letter (« Free », but not « free »), and the mention leads to the offer only when the
     * word was declared as an alias: that is how a catalogue says that customers mean the offer by it.
     */
    public Resolution resolve(@Nullable String offer, String text) {
        return offer == null || offer.isBlank() ? named(text) : said(offer.strip());
    }

    /**
     * Which offer something is about that no offer was found for when it was said, by the names there are today and the rule
     * of {@link #resolve}. What is kept of it does not tell whether its mention was the source's word or stood in the text.
     * Where it may have been either, both must lead to the same offer.
     *
     * @param mention as {@link Resolution} gave it then
     * @param text as it was then
     * @return with the mention as it was then, if there was one
     */
    public Resolution resolveAgain(Optional<String> mention, String text) {
        if (mention.isEmpty()) {
            return named(text);
        }
        Optional<String> ofSource = said(mention.get()).offerId();
        boolean mayStandInText = text.contains(mention.get());
        boolean agreed = !mayStandInText || ofSource.equals(named(text).offerId());
        return new Resolution(agreed ? ofSource : Optional.empty(), mention);
    }

    private Resolution said(String offer) {
        if (offers.containsKey(offer)) {
            return new Resolution(Optional.of(offer), Optional.empty());
        }
        return new Resolution(only(names.find(OfferName.key(offer))), Optional.of(offer));
    }

    private Resolution named(String text) {
        List<Mention> mentions = Mention.in(text, names);
        if (mentions.isEmpty()) {
            return NOTHING;
        }
        var meant = new HashSet<String>();
        boolean decided = false;
        Mention longest = mentions.getFirst();
        for (Mention mention : mentions) {
            decided |= mention.decides();
            meant.addAll(ids(mention.names()));
            longest = mention.length() > longest.length() ? mention : longest;
        }
        Optional<String> offerId =
                decided && meant.size() == 1 ? Optional.of(meant.iterator().next()) : Optional.empty();
        return new Resolution(offerId, Optional.of(longest.written(text)));
    }

    private static Optional<String> only(Set<OfferName> names) {
        Set<String> ids = ids(names);
        return ids.size() == 1 ? Optional.of(ids.iterator().next()) : Optional.empty();
    }

    /** Whose names they are; more than two are not told apart from two. */
    private static Set<String> ids(Set<OfferName> names) {
        return names.stream().map(OfferName::offerId).distinct().limit(2).collect(Collectors.toUnmodifiableSet());
    }
}
