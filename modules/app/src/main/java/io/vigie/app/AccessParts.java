package io.vigie.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.AuditEntry;
import io.vigie.events.EventProducer;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.server.Health;
import io.vigie.server.HttpServer;
import io.vigie.server.access.Access;
import io.vigie.server.access.AuditTrail;
import io.vigie.server.access.KafkaAuditLog;
import io.vigie.server.access.Oidc;
import io.vigie.server.access.TokenFile;
import io.vigie.server.access.TokenWatch;
import io.vigie.understanding.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Makes what tells who asks, and what writes down what he did, from the settings. */
final class AccessParts implements AutoCloseable {
    private final EventProducer producer;
    private final AuditTrail trail;
    private final KafkaAuditLog log;
    private final Access access;

    /** @param checks get one for the tokens and one for the journal */
    AccessParts(
            Connections connections,
            SchemaRegistry schemas,
            Config config,
            Map<String, Supplier<Health.State>> checks,
            MeterRegistry meters,
            Clock clock) {
        this.access = of(config, checks, clock);
        this.producer = connections.auditProducer(schemas);
        this.trail = new AuditTrail(producer::send, Engine::redacted, meters, clock);
        this.log = new KafkaAuditLog(
                () -> connections.reader(new StringDeserializer(), "earliest"),
                connections.topics().audit(),
                schemas.decoder(AuditEntry.class)::decode,
                clock);
        // Whoever serves with a gap in its journal is told, and goes on: searches matter more.
        checks.put("audit", () -> state(trail.trouble()));
    }

    HttpServer.Guard start() {
        return new HttpServer.Guard(access, Optional.of(trail.start()), log);
    }

    /**
     * Everybody is asked as soon as it is said who may come in.
     *
     * @param checks get one for what is wrong with the tokens
     */
    static Access of(Config config, Map<String, Supplier<Health.State>> checks, Clock clock) {
        Config.Access settings = config.access();
        var exposure = settings.exposure(config.http());
        if (!exposure.asks()) {
            return Access.loopback();
        }
        Optional<TokenWatch> tokens = settings.tokens().map(path -> watch(path, clock));
        tokens.ifPresent(each -> checks.put("tokens", () -> state(each.trouble())));
        return Access.asking(
                exposure,
                config.http().publicUrl(),
                tokens,
                settings.issuer().map(issuer -> new Oidc(issuer, clock)),
                clock);
    }

    private static TokenWatch watch(Path path, Clock clock) {
        if (!Files.isReadable(path)) {
            throw new ConfigException(
                    List.of(
                            ConfigKey.ACCESS_TOKENS.key() + " is " + path
                                    + ", which cannot be read; make the first token with: vigie token create --name admin --role admin"));
        }
        return new TokenWatch(new TokenFile(path), clock);
    }

    private static Health.State state(Optional<String> trouble) {
        return trouble.<Health.State>map(Health.Busy::new).orElseGet(Health.Up::new);
    }

    @Override
    public void close() {
        trail.close();
        producer.close();
    }
}
