package io.vigie.index;

import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/** Verbatims to put. */
final class Verbatims {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private Verbatims() {}

    static Verbatim verbatim(String id, String text) {
        return draft(id, text).build();
    }

    static Verbatim.Builder draft(String id, String text) {
        return Verbatim.newBuilder()
                .setVerbatimId(id)
                .setEventId("event-" + id)
                .setKind(Kind.TICKET)
                .setConversationId("conversation-" + id)
                .setSource("test")
                .setOccurredAt(NOON)
                .setClassifiedAt(NOON)
                .setOfferId("unassigned")
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText(text)
                .setRedactions(Map.of())
                .setIntent(Intent.COMPLAINT)
                .setThemes(List.of())
                .setSentiment(-0.5)
                .setSeverity(1)
                .setChurnRisk(0.25)
                .setChannelMismatch(false)
                .setClassifier("test-1")
                .setSuperseded(List.of());
    }

    static List<Theme> themes(String... names) {
        return Arrays.stream(names)
                .map(name -> new Theme(name, 0.5, List.of(new Evidence(0, 1))))
                .toList();
    }

    /** Puts, replaces and removes at random, and shows it all; what is in the index then, by id. */
    static Map<String, Verbatim> filled(
            VerbatimIndex index, int writes, Random random, BiFunction<String, Random, Verbatim> verbatims)
            throws IOException {
        var model = new HashMap<String, Verbatim>();
        for (int i = 0; i < writes; i++) {
            String id = "id" + random.nextInt(writes * 2 / 3);
            if (random.nextInt(10) == 0) {
                index.delete(id);
                model.remove(id);
            } else {
                var verbatim = verbatims.apply(id, random);
                index.put(verbatim);
                model.put(id, verbatim);
            }
            if (random.nextInt(40) == 0) {
                index.refresh();
            }
        }
        index.refresh();
        return model;
    }
}
