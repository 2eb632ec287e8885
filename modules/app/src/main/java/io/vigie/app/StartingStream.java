package io.vigie.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.server.Health;
import io.vigie.topology.VerbatimStream;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream application of this process, from before it starts. */
final class StartingStream implements AutoCloseable {
    private final String name;
    private final Reset reset;
    private final VerbatimStream.Settings settings;
    private final VerbatimStream.Prepared prepared;
    /** Guarded by this, and so is whether it may start still. */
    private @Nullable VerbatimStream running;

    private boolean closed;

    /**
     * One that waits.
     *
     * @param name for messages
     * @param reset what makes its state anew
     */
    StartingStream(String name, Reset reset, VerbatimStream.Settings settings, VerbatimStream.Prepared prepared) {
        this.name = name;
        this.reset = reset;
        this.settings = settings;
        this.prepared = prepared;
    }

    StreamAdmission.Applicant applicant() {
        return new StreamAdmission.Applicant(settings.applicationId(), prepared.shape(), reset);
    }

    /** Starts in the background, unless it was closed. */
    synchronized void start(Clock clock, MeterRegistry meters, Consumer<String> onStopped) {
        if (!closed) {
            running = prepared.start(settings, clock, meters, reason -> onStopped.accept(name + ": " + reason));
        }
    }

    synchronized Health.State state() {
        if (running == null) {
            return new Health.Down(
                    name + " waits for Kafka at " + settings.kafka().get("bootstrap.servers"));
        }
        return running.running()
                ? new Health.Up()
                : new Health.Down(name + " is " + running.state() + "; it is ready when RUNNING");
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.close();
        }
    }
}
