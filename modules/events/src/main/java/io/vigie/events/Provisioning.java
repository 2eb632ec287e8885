package io.vigie.events;

import io.vigie.events.serde.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.NullMarked;

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

    /** Who mends a difference. */
    public enum Remedy {
        /** {@link #apply}. */
        APPLY,
        /** Only the operator can. */
        BY_HAND,
        /** Nobody needs to: it is worth knowing, and may stay. */
        NONE
    }

    /** One thing that is not as the contract wants it, as a sentence fit for an operator. */
    public record Difference(String topic, String what, Remedy remedy) {
        /** That a topic is not there. */
        public static Difference missing(String topic) {
            return new Difference(topic, "is missing", Remedy.APPLY);
        }

        /** Whether somebody must mend it. */
        public boolean matters() {
            return remedy != Remedy.NONE;
        }
    }

    /**
     * Compares the cluster with the contract and changes nothing: the fixed topics, and those of complaints that exist.
     *
     * @throws ProvisioningException when the cluster does not answer or refuses
     */
    public List<Difference> differences() {
        return differences(wanted(List.of(), existing()));
    }

    /**
     * As {@link #differences()}, with the topics that these offers should have and those that belong to none of them.
     *
     * @param offers the whole catalogue
     */
    public List<Difference> differences(Collection<Offer> offers, Instant now) {
        var existing = existing();
        var differences = new ArrayList<>(differences(wanted(sold(offers, now), existing)));
        differences.addAll(TopicDrift.ofNoOffer(
                topics, offers.stream().map(Offer::getOfferId).toList(), existing));
        return differences;
    }

    private List<Difference> differences(List<TopicSpec> specs) {
        return TopicDrift.of(topics, specs, present(specs));
    }

    /**
     * Creates what is missing, sets what differs and registers every schema, of the fixed topics and those of complaints that
     * exist. Partition counts of topics that exist stay as they are: changing them would move keys.
     *
     * @return what was changed, and what could not be
     * @throws ProvisioningException when the cluster or the registry does not answer or refuses
     */
    public List<Difference> apply() {
        return apply(wanted(List.of(), existing()));
    }

    /** As {@link #apply()}, with the topics that these offers should have. */
    public List<Difference> apply(Collection<Offer> offers, Instant now) {
        return apply(wanted(sold(offers, now), existing()));
    }

    private List<Difference> apply(List<TopicSpec> specs) {
        var present = present(specs);
        specs.forEach(this::registerSchema);
        create(TopicDrift.missing(topics, specs, present));
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (TopicSpec spec : specs) {
            var known = present.get(spec.name());
            var changed = known == null ? Map.<String, String>of() : TopicDrift.changed(spec, known);
            if (!changed.isEmpty()) {
                changes.put(resource(spec.name()), alterations(changed));
            }
        }
        if (!changes.isEmpty()) {
            await(
                    "setting topic settings",
                    admin.incrementalAlterConfigs(changes).all());
        }
        return TopicDrift.of(topics, specs, present);
    }

    /** The fixed topics, those of these offers, and those of complaints that exist. */
    private List<TopicSpec> wanted(List<String> offerIds, Set<String> existing) {
        var specs = new LinkedHashMap<String, TopicSpec>();
        TopicSpec.all(topics, sizing).forEach(spec -> specs.put(spec.name(), spec));
        var ids = new TreeSet<>(offerIds);
        ids.addAll(TopicDrift.complainedOf(topics, existing));
        for (String offerId : ids) {
            var spec = TopicSpec.complaints(topics, offerId, sizing);
            specs.putIfAbsent(spec.name(), spec);
        }
        return List.copyOf(specs.values());
    }

    private static List<String> sold(Collection<Offer> offers, Instant now) {
        return offers.stream()
                .filter(offer -> EventRules.isSold(offer, now))
                .map(Offer::getOfferId)
                .toList();
    }

    /**
     * Makes sure that there is a topic of revisions, with as many partitions as that of verbatims.
     *
     * @throws ProvisioningException when there is not, or the cluster does not answer
     */
    public void requireRevisions() {
        var specs = TopicSpec.all(topics, sizing).stream()
                .filter(spec ->
                        spec.name().equals(topics.revisions()) || spec.name().equals(topics.verbatims()))
                .toList();
        var present = present(specs);
        for (TopicSpec spec : specs) {
            if (!present.containsKey(spec.name())) {
                throw new ProvisioningException(
                        "topic " + spec.name() + " is missing; create it with: vigie topics apply");
            }
        }
        TopicDrift.of(topics, specs, present).stream()
                .filter(difference ->
                        difference.topic().equals(topics.revisions()) && difference.remedy() == Remedy.BY_HAND)
                .findFirst()
                .ifPresent(difference -> {
                    throw new ProvisioningException(difference.topic() + " " + difference.what());
                });
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
            known.addAll(existing());
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

    private Set<String> existing() {
        return await("listing topics", admin.listTopics().names());
    }

    private Map<String, TopicDrift.Present> present(List<TopicSpec> specs) {
        var existing = existing();
        var names =
                specs.stream().map(TopicSpec::name).filter(existing::contains).toList();
        var descriptions =
                await("describing topics", admin.describeTopics(names).allTopicNames());
        var settings = settings(descriptions.keySet());
        var present = new HashMap<String, TopicDrift.Present>();
        descriptions.forEach((name, description) -> present.put(
                name, new TopicDrift.Present(description.partitions().size(), settings.getOrDefault(name, Map.of()))));
        return present;
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
