package io.vigie.index;

import io.vigie.index.GroupCounter.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Puts groups together whose texts are one word apart. The most frequent text goes first and takes those one word from it,
 * then the most frequent of the others: so every text is in one group, all of a group are near its first one, and no chain
 * of look-alikes ties different texts together. The same state of the index has the same groups, in whatever order it is
 * asked for.
 */
final class NearGroups {
    /** Most different texts of a group: the search that lists them names each. */
    static final int TEXTS_MAX = 24;
    /** Most different short texts that are compared, the most frequent first, in 24 MB; each of the others is alone. */
    static final int COMPARED_MAX = 50_000;

    private static final int NOBODY = -1;

    private final List<Group> leaders = new ArrayList<>();
    private final long[] keys;
    private final int[] leaderOf;
    /** While a group looks for one that is near. */
    private int found;

    private NearGroups(int texts) {
        int places = Integer.highestOneBit(Math.max(1, texts) * (TextSignature.SHORT_WORDS_MAX + 1)) * 2;
        this.keys = new long[places];
        this.leaderOf = new int[places];
    }

    /** @param textsMax most texts of a group, 1 when none are to be put together */
    static List<Group> of(Collection<Group> groups, int textsMax) throws IOException {
        var together = new ArrayList<Group>(groups.size());
        var near = new ArrayList<Group>();
        for (var group : groups) {
            boolean comparable = textsMax > 1 && group.words().length >= 2 * WordsApart.WORDS_MIN;
            (comparable ? near : together).add(group);
        }
        near.sort(Comparator.comparingInt(Group::size).reversed().thenComparingLong(Group::signature));
        int compared = Math.min(near.size(), COMPARED_MAX);
        var leaders = new NearGroups(compared);
        for (var group : near.subList(0, compared)) {
            leaders.place(group, textsMax);
        }
        together.addAll(leaders.leaders);
        together.addAll(near.subList(compared, near.size()));
        return together;
    }

    private void place(Group group, int textsMax) throws IOException {
        found = NOBODY;
        WordsApart.keys(group.words(), group.kind(), key -> {
            int leader = leaderOf[slot(key)] - 1;
            if (leader >= 0 && leaders.get(leader).texts() < textsMax && (found == NOBODY || leader < found)) {
                found = leader;
            }
        });
        if (found == NOBODY) {
            leaders.add(group);
            int leader = leaders.size();
            WordsApart.keys(group.words(), group.kind(), key -> {
                int slot = slot(key);
                // The more frequent one goes first while it has room.
                if (leaderOf[slot] == 0 || leaders.get(leaderOf[slot] - 1).texts() >= textsMax) {
                    keys[slot] = key;
                    leaderOf[slot] = leader;
                }
            });
        } else {
            leaders.get(found).take(group);
        }
    }

    /** Where a key stands, or would; leaders are numbered from 1 there. */
    private int slot(long key) {
        int slot = (int) (key ^ (key >>> 32)) & (keys.length - 1);
        while (leaderOf[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }
}
