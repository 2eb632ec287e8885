package io.vigie.bench;

import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Verbatims of two years about 200 offers, some of them heard of much more than others. Each is a function of the seed and its number
 * alone, so two indexes can be filled with the same ones.
 */
final class ScaleVerbatims {
    static final Instant FIRST = Instant.parse("2024-11-01T00:00:00Z");
    static final Duration SPAN = Duration.ofDays(730);

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<Channel> CHANNELS = List.of(Channel.values());
    private static final List<Intent> INTENTS = List.of(Intent.values());
    private static final int OFFERS = 200;
    private static final int THEMES = 48;
    private static final int CUSTOMERS = 300_000;
    private static final int AGENTS = 400;
    private static final int EVIDENCE = 18;

    private final long seed;
    private final int count;

    ScaleVerbatims(long seed, int count) {
        this.seed = seed;
        this.count = count;
    }

    static String offer(int rank) {
        return "offre-" + rank;
    }

    static String theme(int rank) {
        return "theme.leaf_" + rank;
    }

    Verbatim verbatim(int number) {
        var random = new SplittableRandom(seed * 1_000_003 + number);
        Instant time = FIRST.plusMillis(SPAN.toMillis() / count * number + random.nextInt(60_000));
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        return Verbatim.newBuilder()
                .setVerbatimId("bench:" + number)
                .setEventId(Integer.toString(number))
                .setKind(kind)
                .setConversationId("conversation-" + number / 2)
                .setSource(Events.SOURCE)
                .setOccurredAt(time)
                .setClassifiedAt(time)
                .setCustomerKey(Long.toHexString(new SplittableRandom(random.nextInt(CUSTOMERS)).nextLong()))
                .setOfferId(offer(skewed(random, OFFERS)))
                .setChannel(CHANNELS.get(random.nextInt(CHANNELS.size())))
                .setLanguage("fr")
                .setText(new ZipfTexts(random).next())
                .setRedactions(Map.of())
                .setNps(kind == Kind.SURVEY ? random.nextInt(11) : null)
                .setAgentId("agent-" + random.nextInt(AGENTS))
                .setIntent(INTENTS.get(skewed(random, INTENTS.size())))
                .setThemes(themes(random))
                .setSentiment(random.nextInt(-100, 101) / 100.0)
                .setSeverity(random.nextInt(5))
                .setChurnRisk(random.nextInt(101) / 100.0)
                .setChannelMismatch(random.nextInt(20) == 0)
                .setClassifier("bench-1")
                .setSuperseded(List.of())
                .build();
    }

    private static List<Theme> themes(SplittableRandom random) {
        int count = random.nextInt(3);
        var themes = new ArrayList<Theme>(count);
        int rank = skewed(random, THEMES);
        for (int i = 0; i < count; i++) {
            themes.add(new Theme(theme((rank + i) % THEMES), 0.9, List.of(new Evidence(0, EVIDENCE))));
        }
        return themes;
    }

    /** Low ranks come much more often than high ones. */
    private static int skewed(SplittableRandom random, int count) {
        return (int) (Math.pow(random.nextDouble(), 3) * count);
    }
}
