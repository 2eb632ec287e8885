package io.vigie.topology;

import io.vigie.events.OfferTheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/**
 * What a row of the counts adds up to, as the state holds it.
 *
 * <p>Customers are told apart by a HyperLogLog sketch of 2^{@value #LOG_K} registers (Flajolet, Fusy, Gandouet, Meunier:
 * HyperLogLog, 2007; the implementation of Apache DataSketches). Its standard error is at most {@link #STANDARD_ERROR};
 * while it is small it keeps hashes, and is practically exact up to some 300 customers. It takes at most 2.1 kB and holds
 * no customerKey. It cannot forget one.
 *
 * @param sum its customer is null
 * @param customers the sketch in its own compact form
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
record Tally(Contribution sum, byte[] customers) {
    /** 1.04 divided by the root of the number of registers. */
    static final double STANDARD_ERROR = 0.01625;

    private static final int LOG_K = 12;
    static final int VERSION = 1;

    /** What both add up to; null when nothing is left to be counted. */
    static @Nullable Tally sum(@Nullable Tally tally, Contribution one) {
        var before = tally == null ? new Tally(Contribution.NOTHING, new byte[0]) : tally;
        var sum = before.sum.plus(one);
        return sum.count() <= 0 ? null : new Tally(withoutCustomer(sum), with(one.customer(), before.customers));
    }

    /** How many different customers, estimated; never more than verbatims. */
    long distinctCustomers() {
        long estimate = customers.length == 0
                ? 0
                : Math.round(HllSketch.heapify(customers).getEstimate());
        return Math.min(estimate, sum.count());
    }

    OfferTheme as(Row row, Instant end) {
        return OfferTheme.newBuilder()
                .setOfferId(row.offerId())
                .setTheme(row.theme())
                .setSize(row.size())
                .setWindowStart(row.start())
                .setWindowEnd(end)
                .setChannel(row.channel())
                .setCount(sum.count())
                .setComplaints(sum.complaints())
                .setSevere(sum.severe())
                .setChurn(sum.churn())
                .setSentimentSum(sum.sentimentNanos() / Contribution.NANOS)
                .setChurnRiskSum(sum.churnRiskNanos() == null ? null : sum.churnRiskNanos() / Contribution.NANOS)
                .setDistinctCustomers(distinctCustomers())
                .build();
    }

    void write(Encoder to) throws IOException {
        to.writeInt(VERSION);
        sum.write(to);
        to.writeBytes(customers);
    }

    static Tally read(Decoder from) throws IOException {
        StoredForm.require(VERSION, from.readInt());
        var sum = Contribution.read(from);
        ByteBuffer customers = from.readBytes(null);
        byte[] bytes = new byte[customers.remaining()];
        customers.get(bytes);
        return new Tally(sum, bytes);
    }

    private static Contribution withoutCustomer(Contribution sum) {
        return new Contribution(
                sum.count(),
                sum.complaints(),
                sum.severe(),
                sum.churn(),
                sum.sentimentNanos(),
                sum.churnRiskNanos(),
                null);
    }

    private static byte[] with(@Nullable String customer, byte[] customers) {
        if (customer == null) {
            return customers;
        }
        var sketch = customers.length == 0 ? new HllSketch(LOG_K, TgtHllType.HLL_4) : HllSketch.heapify(customers);
        sketch.update(customer);
        return sketch.toCompactByteArray();
    }
}
