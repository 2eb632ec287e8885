package io.vigie.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.server.Health;
import io.vigie.topology.VerbatimStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream application of this process, from before it starts. */
final class StartingStream implements AutoCloseable {
    private final String name;
    private final Reset reset;
    private final Map<String, String> dependsOn;
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
     * @param dependsOn settings of ours that what it makes depends on, as {@link StreamAdmission.Applicant} has them
     */
    StartingStream(
            String name,
            Reset reset,
            Map<String, String> dependsOn,
            VerbatimStream.Settings settings,
            VerbatimStream.Prepared prepared) {
        this.name = name;
        this.reset = reset;
        this.dependsOn = Map.copyOf(dependsOn);
        this.settings = settings;
        this.prepared = prepared;
    }

    StreamAdmission.Applicant applicant() {
        return new StreamAdmission.Applicant(settings.applicationId(), prepared.shape(), dependsOn, reset);
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
        if (!running.running()) {
            return new Health.Down(name + " is " + running.state() + "; it is ready when RUNNING");
        }
        return running.lost().<Health.State>map(Health.Busy::new).orElseGet(Health.Up::new);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.close();
        }
    }
}
