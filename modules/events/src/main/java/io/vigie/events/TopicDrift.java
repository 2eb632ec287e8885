package io.vigie.events;

import io.vigie.events.Provisioning.Difference;
import io.vigie.events.Provisioning.Remedy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Holds topics as they are against topics as the contract wants them. */
@NullMarked
final class TopicDrift {
    private TopicDrift() {}

    /** A topic as it is. */
    record Present(int partitions, Map<String, String> settings) {}

    static List<Difference> of(Topics topics, List<TopicSpec> specs, Map<String, Present> present) {
        var differences = new ArrayList<Difference>();
        for (TopicSpec spec : specs) {
            var known = present.get(spec.name());
            if (known == null) {
                differences.add(Difference.missing(spec.name()));
                continue;
            }
            changed(spec, known)
                    .forEach((key, value) ->
                            differences.add(new Difference(spec.name(), "wants " + key + "=" + value, Remedy.APPLY)));
            if (known.partitions() != partitions(topics, spec, present)) {
                differences.add(partitionsDiffer(topics, spec, known, present));
            }
        }
        return differences;
    }

    /** What is to be created, as large as it must be beside what there is. */
    static List<TopicSpec> missing(Topics topics, List<TopicSpec> specs, Map<String, Present> present) {
        return specs.stream()
                .filter(spec -> !present.containsKey(spec.name()))
                .map(spec -> new TopicSpec(
                        spec.name(), partitions(topics, spec, present), spec.replicas(), spec.settings(), spec.value()))
                .toList();
    }

    /** The settings that are not as they should be, as they should be. */
    static Map<String, String> changed(TopicSpec spec, Present known) {
        var changed = new HashMap<>(spec.settings());
        changed.entrySet()
                .removeIf(wanted ->
                        sameSetting(wanted.getValue(), known.settings().get(wanted.getKey())));
        return changed;
    }

    /** The offers that have a topic of complaints. */
    static Set<String> complainedOf(Topics topics, Set<String> existing) {
        var offers = new TreeSet<String>();
        String prefix = topics.complaints("");
        for (String topic : existing) {
            String offerId = topic.startsWith(prefix) ? topic.substring(prefix.length()) : "";
            // Others may have made topics that only look like ours.
            if (EventRules.isOfferOfVerbatim(offerId)) {
                offers.add(offerId);
            }
        }
        return offers;
    }

    /** Topics of complaints about what is not in the catalogue any more. */
    static List<Difference> ofNoOffer(Topics topics, Collection<String> offerIds, Set<String> existing) {
        var orphans = complainedOf(topics, existing);
        orphans.removeAll(offerIds);
        orphans.remove(Topics.UNASSIGNED);
        return orphans.stream()
                .map(offerId -> new Difference(
                        topics.complaints(offerId),
                        "is of no offer of the catalogue; its complaints are kept until their retention ends",
                        Remedy.NONE))
                .toList();
    }

    /** The task that has a verbatim's state reads the partition of the same number of the requests. */
    private static int partitions(Topics topics, TopicSpec spec, Map<String, Present> present) {
        var verbatims = present.get(topics.verbatims());
        return spec.name().equals(topics.revisions()) && verbatims != null ? verbatims.partitions() : spec.partitions();
    }

    private static Difference partitionsDiffer(
            Topics topics, TopicSpec spec, Present known, Map<String, Present> present) {
        String has = "has " + known.partitions() + " partitions";
        if (spec.name().equals(topics.revisions())) {
            return new Difference(
                    spec.name(),
                    has + " and must have the " + partitions(topics, spec, present) + " of " + topics.verbatims()
                            + ": stop the streams, delete it, run vigie topics apply",
                    Remedy.BY_HAND);
        }
        if (spec.name().startsWith(topics.complaints("")) || spec.partitions() > 1) {
            return new Difference(
                    spec.name(),
                    has + " where a new one gets " + spec.partitions() + "; it stays so, since more would move keys",
                    Remedy.NONE);
        }
        return new Difference(
                spec.name(),
                has + " and must have one, which keeps its records in order: copy what is in it, delete it, run vigie"
                        + " topics apply",
                Remedy.BY_HAND);
    }

    /** Lists such as compact,delete come back in any order. */
    private static boolean sameSetting(String wanted, @Nullable String present) {
        return present != null && Set.of(wanted.split(",")).equals(Set.of(present.split(",")));
    }
}
