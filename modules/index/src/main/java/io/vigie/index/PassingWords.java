package io.vigie.index;

import java.util.Arrays;
import java.util.List;

/** Words that one copy of a text has otherwise than another, or that turn its sense round; known by their hashes. */
final class PassingWords {
    /** Numbers in words, days, months and what is counted in them and in money: as good as what has a digit. */
    static final PassingWords NUMBERS = new PassingWords(List.of(
            "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante",
            "cent cents mille two three four five seven eight nine ten eleven twelve fifteen twenty thirty forty fifty",
            "sixty seventy eighty ninety hundred thousand",
            "lundi mardi mercredi jeudi vendredi samedi dimanche",
            "monday tuesday wednesday thursday friday saturday sunday",
            "janvier février avril mai juin juillet août septembre octobre novembre décembre",
            "january february march april june july august september october november december",
            "mars euro euros eur centimes dollar dollars usd pound pounds gbp cents pence"));

    /** Without one of these a text says the contrary. */
    static final PassingWords DENIALS = new PassingWords(
            List.of(
                    "ne n pas plus jamais aucun aucune rien ni sans non personne",
                    "not no never without none nothing neither nor cannot t don doesn didn isn aren wasn weren won wouldn can couldn"));

    private static final int PLACES_PER_WORD = 8;

    /** Each hash in the first free place from that of its lowest bits on; 0 where there is none. */
    private final long[] table;

    private PassingWords(List<String> words) {
        long[] hashes = words.stream()
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .mapToLong(TextSignature::word)
                .distinct()
                .toArray();
        this.table = new long[Integer.highestOneBit(PLACES_PER_WORD * hashes.length)];
        for (long hash : hashes) {
            table[place(hash)] = hash;
        }
    }

    /** Asked for each word of each verbatim that is put, so without a box for the hash. */
    boolean has(long hash) {
        return table[place(hash)] == hash;
    }

    private int place(long hash) {
        int place = (int) hash & (table.length - 1);
        while (table[place] != 0 && table[place] != hash) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }
}
