package io.vigie.events;

import io.vigie.events.serde.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Brings topics and subjects to what the contract wants, and tells what is missing. Safe for several threads. */
@NullMarked
public final class Provisioning {
    /** How the versions of every subject must agree. */
    public static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

    private static final Duration ADMIN_MAX = Duration.ofSeconds(30);

    private final Admin admin;
    private final SchemaRegistry registry;
    private final Topics topics;
    private final TopicSpec.Sizing sizing;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public Provisioning(Admin admin, SchemaRegistry registry, Topics topics, TopicSpec.Sizing sizing) {
        this.admin = admin;
        this.registry = registry;
        this.topics = topics;
        this.sizing = sizing;
    }

    /** One thing that is not as the contract wants it, as a sentence fit for an operator. */
    public record Difference(String topic, String what) {}

    /**
     * Compares the cluster with the contract and changes nothing.
     *
     * @throws ProvisioningException when the cluster does not answer or refuses
     */
    public List<Difference> differences() {
        var specs = TopicSpec.all(topics, sizing);
        var present = describe(specs);
        var settings = settings(present.keySet());
        var differences = new ArrayList<Difference>();
        for (TopicSpec spec : specs) {
            var description = present.get(spec.name());
            if (description == null) {
                differences.add(new Difference(spec.name(), "is missing"));
                continue;
            }
            changed(spec, settings.getOrDefault(spec.name(), Map.of()))
                    .forEach(
                            (key, value) -> differences.add(new Difference(spec.name(), "wants " + key + "=" + value)));
        }
        return differences;
    }

    /**
     * Creates what is missing, sets what differs and registers every schema. Partition counts of topics that exist stay as
     * they are: changing them would move keys.
     *
     * @return what was changed
     * @throws ProvisioningException when the cluster or the registry does not answer or refuses
     */
    public List<Difference> apply() {
        var differences = differences();
        var specs = TopicSpec.all(topics, sizing);
        var missing = specs.stream()
                .filter(spec -> differences.contains(new Difference(spec.name(), "is missing")))
                .toList();
        specs.forEach(this::registerSchema);
        create(missing);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        var present = describe(specs);
        var settings = settings(present.keySet());
        for (TopicSpec spec : specs) {
            var wanted = changed(spec, settings.getOrDefault(spec.name(), Map.of()));
            if (!wanted.isEmpty()) {
                changes.put(resource(spec.name()), alterations(wanted));
            }
        }
        if (!changes.isEmpty()) {
            await(
                    "setting topic settings",
                    admin.incrementalAlterConfigs(changes).all());
        }
        return differences;
    }

    /**
     * Makes sure that an offer's complaint topic and its subject exist, so that the first complaint can be sent.
     *
     * @param offerId one that keeps {@link EventRules#check(Offer)}
     * @throws ProvisioningException when the cluster or the registry does not answer or refuses
     */
    public void ensureComplaints(String offerId) {
        String topic = topics.complaints(offerId);
        if (known.isEmpty()) {
            known.addAll(await("listing topics", admin.listTopics().names()));
        }
        if (known.contains(topic)) {
            return;
        }
        // The subject first: then a topic that exists has its subject, whenever we are stopped in between.
        var spec = TopicSpec.complaints(topics, offerId, sizing);
        registerSchema(spec);
        create(List.of(spec));
        known.add(topic);
    }

    private void create(List<TopicSpec> specs) {
        var creations =
                admin.createTopics(specs.stream().map(TopicSpec::toNewTopic).toList());
        for (var creation : creations.values().entrySet()) {
            try {
                await("creating topic " + creation.getKey(), creation.getValue());
            } catch (ProvisioningException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private void registerSchema(TopicSpec spec) {
        var schema = spec.value();
        if (schema != null) {
            registry.register(spec.name(), schema);
            registry.requireCompatibility(spec.name(), COMPATIBILITY);
        }
    }

    private Map<String, TopicDescription> describe(List<TopicSpec> specs) {
        Set<String> existing = await("listing topics", admin.listTopics().names());
        var names =
                specs.stream().map(TopicSpec::name).filter(existing::contains).toList();
        return await("describing topics", admin.describeTopics(names).allTopicNames());
    }

    private Map<String, Map<String, String>> settings(Set<String> names) {
        var resources = names.stream().map(Provisioning::resource).toList();
        var configs =
                await("reading topic settings", admin.describeConfigs(resources).all());
        var settings = new HashMap<String, Map<String, String>>();
        configs.forEach((resource, config) -> {
            var values = new HashMap<String, String>();
            config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
            settings.put(resource.name(), values);
        });
        return settings;
    }

    private static Map<String, String> changed(TopicSpec spec, Map<String, String> present) {
        var changed = new HashMap<>(spec.settings());
        changed.entrySet().removeIf(wanted -> sameSetting(wanted.getValue(), present.get(wanted.getKey())));
        return changed;
    }

    /** Lists such as compact,delete come back in any order. */
    private static boolean sameSetting(String wanted, @Nullable String present) {
        return present != null && Set.of(wanted.split(",")).equals(Set.of(present.split(",")));
    }

    private static Collection<AlterConfigOp> alterations(Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get(ADMIN_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ProvisioningException(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new ProvisioningException(what + ": no answer within " + ADMIN_MAX.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("interrupted while " + what, e);
        }
    }
}
