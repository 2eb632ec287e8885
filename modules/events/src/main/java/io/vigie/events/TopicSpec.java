package io.vigie.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * One topic as the contract wants it.
 *
 * @param settings what differs from Kafka's defaults
 * @param value the Avro type of its values, or null when they are not Avro
 */
@NullMarked
public record TopicSpec(
        String name,
        int partitions,
        short replicas,
        Map<String, String> settings,
        @Nullable Schema value) {
    /** Raw events hold personal data: they stay just long enough to mend a fault and read them again. */
    public static final Duration RAW_RETENTION = Duration.ofDays(7);
    /** How long a tombstone stays readable: longer than any outage of a reader, or that reader would miss an erasure. */
    public static final Duration TOMBSTONE_RETENTION = Duration.ofDays(7);

    /** How old the oldest record of a segment that is still written to may be, where records hold personal data. */
    private static final Duration SEGMENT_AGE_MAX = Duration.ofDays(1);

    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);
    /** Longer than any dead letter stays. */
    private static final Duration REPLAY_RETENTION = Duration.ofDays(60);

    /** They hold what customers said, and are carried out within seconds, or when the stream is up again. */
    private static final Duration REVISION_RETENTION = Duration.ofDays(3);

    private static final Duration ALERT_RETENTION = Duration.ofDays(30);
    private static final Duration CONTACT_RETENTION = Duration.ofDays(30);
    /** What is shown of promises and breaches is held in memory, and goes back so far. */
    private static final Duration LEDGER_RETENTION = Duration.ofDays(400);

    /** Long enough to account for what was done, short enough not to watch those who did it. */
    private static final Duration AUDIT_RETENTION = Duration.ofDays(365);

    private static final Duration COMPLAINT_RETENTION = Duration.ofDays(400);
    private static final Duration COUNT_RETENTION = Duration.ofDays(800);
    /** A dead letter carries the whole record it stands for, which may have been as large as Kafka lets it. */
    private static final int DEAD_LETTER_BYTES_MAX = 4 * 1024 * 1024;
    /** A customer's text must be gone from the log's files within days of its tombstone. */
    public static final Duration COMPACTION_LAG_MAX = Duration.ofDays(7);

    /** After that long no raw event is on a broker's disk: its segment is closed, and then kept. */
    public static final Duration RAW_GONE_AFTER = RAW_RETENTION.plus(SEGMENT_AGE_MAX);
    /** As {@link #RAW_GONE_AFTER}, of a dead letter. */
    public static final Duration DEAD_LETTER_GONE_AFTER = DEAD_LETTER_RETENTION.plus(SEGMENT_AGE_MAX);
    /** As {@link #RAW_GONE_AFTER}, of a verbatim that was to be written anew. */
    public static final Duration REVISION_GONE_AFTER = REVISION_RETENTION.plus(SEGMENT_AGE_MAX);
    /** As {@link #RAW_GONE_AFTER}, of an alert, whose segments are closed when Kafka does by itself, after a week. */
    public static final Duration ALERT_GONE_AFTER = ALERT_RETENTION.plusDays(7);
    /** As {@link #RAW_GONE_AFTER}, of a contact that nobody erases. */
    public static final Duration CONTACT_GONE_AFTER = CONTACT_RETENTION.plus(SEGMENT_AGE_MAX);
    /** After that long what a tombstone erased in a compacted topic is on no broker's disk, with a day for the cleaner. */
    public static final Duration COMPACTED_GONE_AFTER = COMPACTION_LAG_MAX.plusDays(1);
    /** After that long no promise or breach is on a broker's disk. */
    public static final Duration LEDGER_GONE_AFTER = LEDGER_RETENTION.plus(COMPACTED_GONE_AFTER);
    /** When a signal is off the disks of brokers at the latest, counted from when it was raised. */
    public static final Duration SIGNAL_GONE_AFTER = COUNT_RETENTION.plus(COMPACTED_GONE_AFTER);

    public TopicSpec {
        settings = Map.copyOf(settings);
    }

    /** Every fixed topic; those of single offers come from {@link #complaints}. */
    public static List<TopicSpec> all(Topics topics, Sizing sizing) {
        return List.of(
                sizing.spec(topics.tickets(), personal(RAW_RETENTION), TicketEvent.getClassSchema()),
                sizing.spec(topics.calls(), personal(RAW_RETENTION), CallEvent.getClassSchema()),
                sizing.spec(topics.surveys(), personal(RAW_RETENTION), SurveyEvent.getClassSchema()),
                sizing.single(topics.offers(), compacted(), Offer.getClassSchema()),
                sizing.spec(topics.verbatims(), compacted(), Verbatim.getClassSchema()),
                complaints(topics, Topics.UNASSIGNED, sizing),
                sizing.spec(topics.offerThemes(), compactedExpiring(COUNT_RETENTION), OfferTheme.getClassSchema()),
                sizing.single(topics.signals(), compactedExpiring(COUNT_RETENTION), Signal.getClassSchema()),
                sizing.single(topics.actions(), compacted(), Action.getClassSchema()),
                sizing.single(topics.questions(), compacted(), Question.getClassSchema()),
                sizing.single(topics.erasures(), compacted(), Erasure.getClassSchema()),
                sizing.single(topics.erasureReceipts(), compacted(), ErasureReceipt.getClassSchema()),
                sizing.single(topics.searches(), compacted(), SavedSearch.getClassSchema()),
                // One partition: its offsets are the order in which the alerts of a search are delivered.
                sizing.single(topics.alerts(), expiring(ALERT_RETENTION), Alert.getClassSchema()),
                sizing.single(topics.alertDeliveries(), compacted(), AlertDelivery.getClassSchema()),
                sizing.spec(topics.contacts(), contacts(), Contact.getClassSchema()),
                sizing.spec(topics.revisions(), personal(REVISION_RETENTION), Revision.getClassSchema()),
                sizing.spec(topics.promises(), compactedExpiring(LEDGER_RETENTION), Promise.getClassSchema()),
                sizing.spec(topics.breaches(), compactedExpiring(LEDGER_RETENTION), Breach.getClassSchema()),
                sizing.single(topics.audit(), expiring(AUDIT_RETENTION), AuditEntry.getClassSchema()),
                sizing.single(topics.streams(), compacted(), null),
                sizing.spec(topics.deadLetters(), deadLetters(), null),
                sizing.single(topics.deadLetterReplays(), expiring(REPLAY_RETENTION), null));
    }

    /** The topic of one offer's complaints. */
    public static TopicSpec complaints(Topics topics, String offerId, Sizing sizing) {
        return sizing.single(
                topics.complaints(offerId), compactedExpiring(COMPLAINT_RETENTION), Verbatim.getClassSchema());
    }

    TopicSpec withPartitions(int other) {
        return new TopicSpec(name, other, replicas, settings, value);
    }

    NewTopic toNewTopic() {
        return new NewTopic(name, partitions, replicas).configs(settings);
    }

    private static Map<String, String> expiring(Duration retention) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()));
    }

    /** Retention takes whole segments: one that is open for a week would keep its oldest record for another. */
    private static Map<String, String> personal(Duration retention) {
        var settings = new TreeMap<>(expiring(retention));
        settings.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(SEGMENT_AGE_MAX.toMillis()));
        return settings;
    }

    private static Map<String, String> compacted() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(TOMBSTONE_RETENTION.toMillis()),
                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(COMPACTION_LAG_MAX.toMillis()));
    }

    private static Map<String, String> compactedExpiring(Duration retention) {
        var settings = new TreeMap<>(compacted());
        settings.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        return settings;
    }

    /** Each has a key of its own, so that it can be erased before its time. */
    private static Map<String, String> contacts() {
        var settings = new TreeMap<>(personal(CONTACT_RETENTION));
        settings.putAll(compactedExpiring(CONTACT_RETENTION));
        return settings;
    }

    private static Map<String, String> deadLetters() {
        var settings = new TreeMap<>(personal(DEAD_LETTER_RETENTION));
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(DEAD_LETTER_BYTES_MAX));
        return settings;
    }

    /**
     * How large a cluster's topics are.
     *
     * @param partitions of each topic that carries the stream, 1 or more; the stream uses as many threads at most
     * @param replicas of every topic, 1 or more
     */
    public record Sizing(int partitions, short replicas) {
        TopicSpec spec(String name, Map<String, String> settings, @Nullable Schema value) {
            return new TopicSpec(name, partitions, replicas, settings, value);
        }

        TopicSpec single(String name, Map<String, String> settings, @Nullable Schema value) {
            return new TopicSpec(name, 1, replicas, settings, value);
        }
    }
}
