package io.vigie.bench;

import io.vigie.events.Checked;
import io.vigie.events.EventRules;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to write and read one record in the wire format, and to check one event against the rules. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SerdeBenchmark {
    private final Topics topics = Topics.standard();
    private Serializer<SpecificRecord> serializer;
    private AvroDecoder<TicketEvent> ticketDecoder;
    private AvroDecoder<Verbatim> verbatimDecoder;
    private EventRules rules;
    private TicketEvent ticket;
    private Verbatim verbatim;
    private byte[] ticketBytes;
    private byte[] verbatimBytes;

    @Setup
    public void prepare() {
        var registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://bench"));
        serializer = registry.serializer();
        ticketDecoder = registry.decoder(TicketEvent.class);
        verbatimDecoder = registry.decoder(Verbatim.class);
        rules = new EventRules(InstantSource.system());
        ticket = (TicketEvent) new Events("", 1).next(Instant.now()).event();
        verbatim = new Verbatims(1).verbatim(0);
        ticketBytes = writeTicket();
        verbatimBytes = writeVerbatim();
    }

    @Benchmark
    public byte[] writeTicket() {
        return serializer.serialize(topics.tickets(), ticket);
    }

    @Benchmark
    public Decoding<TicketEvent> readTicket() {
        return ticketDecoder.decode(ticketBytes);
    }

    @Benchmark
    public Checked checkTicket() {
        return rules.check(ticket);
    }

    @Benchmark
    public byte[] writeVerbatim() {
        return serializer.serialize(topics.verbatims(), verbatim);
    }

    @Benchmark
    public Decoding<Verbatim> readVerbatim() {
        return verbatimDecoder.decode(verbatimBytes);
    }
}
