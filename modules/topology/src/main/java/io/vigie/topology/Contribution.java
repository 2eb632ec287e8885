package io.vigie.topology;

import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What is added to a row of the counts; numbers below zero are taken away.
 *
 * @param sentimentNanos sum of sentiments in billionths: whole numbers have the same sum in any order, and nothing is left
 *     over when all is taken away again
 * @param churnRiskNanos sum of the risks of churn, likewise; null when a part of it was written by a version that did not
 *     sum them up, and then it stays so
 * @param customer the customerKey of the verbatim that is added, or null without one or when none is added
 */
record Contribution(
        long count,
        long complaints,
        long severe,
        long churn,
        long sentimentNanos,
        @Nullable Long churnRiskNanos,
        @Nullable String customer) {
    static final Contribution NOTHING = new Contribution(0, 0, 0, 0, 0, 0L, null);

    static final double NANOS = 1e9;

    private static final int SEVERE = 3;
    private static final double CHURN = 0.5;
    private static final int VERSION = 2;
    /** Without the risks of churn. */
    private static final int FORMER_VERSION = 1;

    static Contribution of(Verbatim verbatim) {
        return new Contribution(
                1,
                verbatim.getIntent() == Intent.COMPLAINT ? 1 : 0,
                verbatim.getSeverity() >= SEVERE ? 1 : 0,
                verbatim.getChurnRisk() >= CHURN ? 1 : 0,
                Math.round(verbatim.getSentiment() * NANOS),
                Math.round(verbatim.getChurnRisk() * NANOS),
                verbatim.getCustomerKey().orElse(null));
    }

    /** Takes away what this adds; a customer cannot be taken away. */
    Contribution negated() {
        return new Contribution(
                -count,
                -complaints,
                -severe,
                -churn,
                -sentimentNanos,
                churnRiskNanos == null ? null : -churnRiskNanos,
                null);
    }

    /** Of two, the customer of one: there are never two in a row's part of one change. */
    Contribution plus(Contribution other) {
        return new Contribution(
                count + other.count,
                complaints + other.complaints,
                severe + other.severe,
                churn + other.churn,
                sentimentNanos + other.sentimentNanos,
                churnRiskNanos == null || other.churnRiskNanos == null ? null : churnRiskNanos + other.churnRiskNanos,
                customer == null ? other.customer : customer);
    }

    /** What is not known may be anything. */
    boolean changesNothing() {
        return count == 0
                && complaints == 0
                && severe == 0
                && churn == 0
                && sentimentNanos == 0
                && churnRiskNanos != null
                && churnRiskNanos == 0;
    }

    void write(Encoder to) throws IOException {
        to.writeInt(VERSION);
        to.writeLong(count);
        to.writeLong(complaints);
        to.writeLong(severe);
        to.writeLong(churn);
        to.writeLong(sentimentNanos);
        to.writeBoolean(churnRiskNanos != null);
        if (churnRiskNanos != null) {
            to.writeLong(churnRiskNanos);
        }
        to.writeString(customer == null ? "" : customer);
    }

    static Contribution read(Decoder from) throws IOException {
        int version = from.readInt();
        if (version != FORMER_VERSION) {
            StoredForm.require(VERSION, version);
        }
        return new Contribution(
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                version != FORMER_VERSION && from.readBoolean() ? from.readLong() : null,
                nullIfEmpty(from.readString()));
    }

    private static @Nullable String nullIfEmpty(String customer) {
        return customer.isEmpty() ? null : customer;
    }
}
