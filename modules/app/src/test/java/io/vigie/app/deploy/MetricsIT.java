package io.vigie.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.app.RunningVigie;
import io.vigie.app.SampleEvents;
import io.vigie.app.VigieHttp;
import io.vigie.app.VigieProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The metrics of the running program: those of the contract, and every one that an alert or a panel asks for. */
@ExtendWith(RunningVigie.class)
final class MetricsIT {
    private static final Duration SEEN_MAX = Duration.ofSeconds(30);
    private static final Duration BOUND_MAX = Duration.ofMinutes(1);

    private final VigieProcess vigie;
    private final VigieHttp http;

    MetricsIT(VigieProcess vigie) {
        this.vigie = vigie;
        this.http = vigie.http();
    }

    @Test
    void everyMetricInUseIsExportedOnceAGoodAnEqualAndABadEventCame() {
        work();

        // Those of the stream's tasks are bound with the next of the binder's looks.
        await().atMost(BOUND_MAX).untilAsserted(() -> {
            Set<String> missing = new TreeSet<>(DeployTest.metricsUsed());
            missing.removeAll(http.metricNames());
            assertThat(missing).isEmpty();
        });
    }

    @Test
    void theMetricsOfTheContractTellWhatHappened() {
        double before = http.metric("vigie_events_received_total", "kind=\"ticket\",result=\"accepted\"");

        work();

        assertThat(http.metric("vigie_events_received_total", "kind=\"ticket\",result=\"accepted\""))
                .isGreaterThanOrEqualTo(before + 2);
        assertThat(http.metric(
                        "vigie_verbatims_classified_total", "intent=\"complaint\",kind=\"ticket\",language=\"fr\""))
                .isPositive();
        assertThat(http.metric("vigie_verbatims_unassigned_total", "kind=\"ticket\""))
                .isPositive();
        assertThat(http.metric("vigie_classification_seconds_count", "")).isPositive();
        assertThat(http.metric("vigie_dead_letters_total", "reason=\"not-avro\",stage=\"stream\""))
                .isPositive();
        assertThat(http.metric("vigie_events_duplicates_total", "kind=\"ticket\""))
                .isPositive();
        assertThat(http.metric("vigie_freshness_seconds_bucket", "le=\"+Inf\"")).isPositive();
        assertThat(http.metric("vigie_search_seconds_bucket", "endpoint=\"search\""))
                .isPositive();
        assertThat(http.metric("vigie_index_documents", "")).isEqualTo((double) http.total());
        await().atMost(SEEN_MAX).until(() -> http.metric("vigie_index_lag_records", "") == 0);
    }

    @Test
    void noLabelHoldsACustomerAnEventOrAText() {
        work();

        assertThat(http.metrics()).doesNotContain("customer-metrics", "metrics-1", "Pervenche", "pervenche");
    }

    @Test
    void aRejectedSearchIsCountedByItsReason() {
        double before = http.metric("vigie_search_rejected_total", "reason=\"syntax\"");

        http.refusedSearch("offer:(fibre AND \"box");

        assertThat(http.metric("vigie_search_rejected_total", "reason=\"syntax\""))
                .isEqualTo(before + 1);
    }

    /** A good event, the same again, and one that cannot be read; and such an offer. */
    private void work() {
        ObjectNode event = SampleEvents.ticket("metrics-1", null, "Panne Pervenche, c'est inadmissible.");
        http.accept("tickets", event, event);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", vigie.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[] garbage = "not Avro".getBytes(StandardCharsets.UTF_8);
            var _ = producer.send(new ProducerRecord<>("voc.tickets", garbage));
            var _ = producer.send(new ProducerRecord<>("voc.offers", garbage, garbage));
        }
        await().atMost(SEEN_MAX).until(() -> http.total("q", "pervenche") == 1);
        await().atMost(SEEN_MAX).until(() -> http.metric("vigie_dead_letters_total", "reason=\"not-avro\"") > 0);
        await().atMost(SEEN_MAX).until(() -> http.metric("vigie_events_duplicates_total", "") > 0);
    }
}
