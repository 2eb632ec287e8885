package io.vigie.understanding;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names by their keys. Readers need no lock; whoever writes sees to it that nobody else does. */
final class NameIndex {
    private final Map<String, Set<OfferName>> exact = new ConcurrentHashMap<>();
    private final Map<String, Set<OfferName>> loose = new ConcurrentHashMap<>();
    private final Map<String, Integer> beginnings = new ConcurrentHashMap<>();

    /** Adds a name that is not there yet. */
    void add(OfferName name) {
        String plain = OfferName.loose(name.key());
        exact.computeIfAbsent(name.key(), key -> ConcurrentHashMap.newKeySet()).add(name);
        loose.computeIfAbsent(plain, key -> ConcurrentHashMap.newKeySet()).add(name);
        beginnings.merge(beginning(name.key()), 1, Integer::sum);
        beginnings.merge(beginning(plain), 1, Integer::sum);
    }

    /** Removes a name that is there. */
    void remove(OfferName name) {
        String plain = OfferName.loose(name.key());
        remove(exact, name.key(), name);
        remove(loose, plain, name);
        forget(beginning(name.key()));
        forget(beginning(plain));
    }

    /** The names with this key, or, when there are none, those that differ from it by plus signs alone. */
    Set<OfferName> find(String key) {
        Set<OfferName> found = exact.getOrDefault(key, Set.of());
        return found.isEmpty() ? loose.getOrDefault(OfferName.loose(key), Set.of()) : found;
    }

    /** Whether any name has these first letters, {@link OfferCatalogue#MENTION_LETTERS_MIN} of them. */
    boolean mayBegin(String letters) {
        return beginnings.containsKey(letters);
    }

    private static String beginning(String key) {
        return key.substring(0, Math.min(key.length(), OfferCatalogue.MENTION_LETTERS_MIN));
    }

    private void forget(String beginning) {
        beginnings.computeIfPresent(beginning, (key, count) -> count == 1 ? null : count - 1);
    }

    private static void remove(Map<String, Set<OfferName>> names, String key, OfferName name) {
        names.computeIfPresent(key, (k, set) -> {
            set.remove(name);
            return set.isEmpty() ? null : set;
        });
    }
}
