package io.vigie.app;

import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.understanding.OfferCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The verbatims without an offer, and which of them are about one by the names that there are today. Of each only the
 * last version counts. Holds the ids of all of them, some hundred bytes each; their words of a few.
 */
final class UnassignedVerbatims {
    private static final int EXCERPT_CHARS = 100;

    private final DeclaredOffers offers;
    private final OfferCatalogue catalogue;
    private final Optional<String> onlyOffer;
    private final AvroDecoder<Verbatim> decoder;
    private final int samplesMax;
    private final Map<String, Found> found = new HashMap<>();
    private final Set<String> others = new HashSet<>();
    private final Map<String, Map<String, String>> samples = new HashMap<>();

    /**
     * Has read nothing yet.
     *
     * @param onlyOffer those of other offers are left alone
     * @param samplesMax how many of each offer are shown
     */
    UnassignedVerbatims(
            DeclaredOffers offers, Optional<String> onlyOffer, AvroDecoder<Verbatim> decoder, int samplesMax) {
        this.offers = offers;
        this.catalogue = offers.catalogue();
        this.onlyOffer = onlyOffer;
        this.decoder = decoder;
        this.samplesMax = samplesMax;
    }

    /** @param position of the version that was looked at */
    private record Found(String offerId, Position position) {}

    /** Reads one record of the topic of verbatims; those of a partition in their order. */
    void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        forget(id);
        var verbatim = unassigned(id, record);
        if (verbatim.isEmpty()) {
            return;
        }
        var offer = offerOf(verbatim.get());
        if (offer.isEmpty()) {
            others.add(id);
        } else {
            found.put(id, new Found(offer.get(), new Position(record.partition(), record.offset())));
            var shown = samples.computeIfAbsent(offer.get(), _ -> new LinkedHashMap<>());
            if (shown.size() < samplesMax) {
                shown.put(id, excerpt(verbatim.get()));
            }
        }
    }

    /** The verbatim as it is to be, when this record is the very version that was found. */
    Optional<Verbatim> wanted(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return Optional.empty();
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        var known = found.get(id);
        if (known == null || !known.position.equals(new Position(record.partition(), record.offset()))) {
            return Optional.empty();
        }
        return unassigned(id, record)
                .map(verbatim -> Verbatim.newBuilder(verbatim)
                        .setOfferId(known.offerId)
                        .setOfferMention(catalogue
                                .resolveAgain(verbatim.getOfferMention(), verbatim.getText())
                                .mention()
                                .orElse(null))
                        .build());
    }

    int count() {
        return found.size();
    }

    /** How many of which offers, the most first, with samples; for people. */
    String told(String done) {
        var text = new StringBuilder()
                .append(count())
                .append(" of ")
                .append(count() + others.size())
                .append(" unassigned verbatims ")
                .append(done);
        var byOffer = new TreeMap<String, Long>();
        found.values().forEach(one -> byOffer.merge(one.offerId, 1L, Long::sum));
        byOffer.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> {
                    text.append("\n  ").append(entry.getValue()).append(" to ").append(entry.getKey());
                    text.append(" (").append(offers.nameOf(entry.getKey())).append(')');
                    samples.getOrDefault(entry.getKey(), Map.of())
                            .forEach((id, excerpt) ->
                                    text.append("\n      ").append(id).append(excerpt));
                });
        return text.toString();
    }

    private void forget(String id) {
        others.remove(id);
        var before = found.remove(id);
        if (before != null) {
            samples.getOrDefault(before.offerId, new HashMap<>()).remove(id);
        }
    }

    private Optional<Verbatim> unassigned(String id, ConsumerRecord<byte[], byte[]> record) {
        // What cannot be read is a dead letter of the stream's, and nobody counts it.
        return record.value() != null
                        && decoder.decode(record.value()) instanceof Decoding.Decoded<Verbatim>(Verbatim verbatim)
                        && verbatim.getVerbatimId().equals(id)
                        && verbatim.getOfferId().equals(Topics.UNASSIGNED)
                ? Optional.of(verbatim)
                : Optional.empty();
    }

    private Optional<String> offerOf(Verbatim verbatim) {
        return catalogue
                .resolveAgain(verbatim.getOfferMention(), verbatim.getText())
                .offerId()
                .filter(offer -> onlyOffer.isEmpty() || onlyOffer.get().equals(offer));
    }

    private static String excerpt(Verbatim verbatim) {
        String words = verbatim.getText().strip().replaceAll("\\s+", " ");
        int end = words.offsetByCodePoints(0, Math.min(EXCERPT_CHARS, words.codePointCount(0, words.length())));
        String mention =
                verbatim.getOfferMention().map(said -> "  [" + said + "]").orElse("");
        return mention + "  " + words.substring(0, end) + (end < words.length() ? "…" : "");
    }
}
