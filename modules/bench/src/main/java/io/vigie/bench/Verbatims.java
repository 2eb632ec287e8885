package io.vigie.bench;

import io.vigie.events.Channel;
import io.vigie.events.Kind;
import io.vigie.events.Verbatim;
import io.vigie.topology.Labelling;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Verbatims as the stream makes them, without a stream: one every half a minute, of texts that were understood beforehand.
 * The seed decides; one thread.
 */
final class Verbatims {
    static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private static final long SECONDS_APART = 30;

    private static final int TEXTS = 20_000;

    private final RandomGenerator random;
    private final List<Understood> texts = new ArrayList<>(TEXTS);

    Verbatims(long seed) {
        random = new SplittableRandom(seed);
        var engine = Engine.standard();
        var speech = new Speech(random);
        for (int i = 0; i < TEXTS; i++) {
            String language = random.nextInt(5) == 0 ? Speech.ENGLISH : Speech.FRENCH;
            texts.add(engine.understand(Utterance.of(speech.say(language, 1 + random.nextInt(5)))));
        }
    }

    Verbatim verbatim(int number) {
        Understood understood = texts.get(random.nextInt(TEXTS));
        String offer = Events.OFFER_NAMES.get(random.nextInt(Events.OFFER_NAMES.size()));
        return Labelling.label(
                        Verbatim.newBuilder()
                                .setVerbatimId("bench:" + number)
                                .setEventId(Integer.toString(number))
                                .setKind(Kind.TICKET)
                                .setConversationId("ticket-" + number)
                                .setSource(Events.SOURCE)
                                .setOccurredAt(FIRST.plusSeconds(number * SECONDS_APART))
                                .setClassifiedAt(FIRST.plusSeconds(number * SECONDS_APART))
                                .setOfferId(Events.offerId(offer))
                                .setChannel(Channel.EMAIL)
                                .setLanguage(understood.language())
                                .setText(understood.text())
                                .setRedactions(understood.redactions())
                                .setSuperseded(List.of()),
                        understood)
                .build();
    }
}
