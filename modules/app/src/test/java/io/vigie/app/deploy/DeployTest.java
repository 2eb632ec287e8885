package io.vigie.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class DeployTest {
    /** What the application exports, by its own word. The integration test compares with what it exports in truth. */
    private static final Set<String> KNOWN = Set.of(
            "vigie_events_received_total",
            "vigie_verbatims_classified_total",
            "vigie_verbatims_unassigned_total",
            "vigie_verbatims_unlabelled_total",
            "vigie_classification_seconds_count",
            "vigie_classification_seconds_sum",
            "vigie_dead_letters_total",
            "vigie_events_duplicates_total",
            "vigie_offers_refused_total",
            "vigie_records_lost_total",
            "vigie_index_documents",
            "vigie_index_records_total",
            "vigie_index_lag_records",
            "vigie_index_rollbacks_total",
            "vigie_index_segments",
            "vigie_index_bytes",
            "vigie_index_commit_seconds_count",
            "vigie_index_commit_seconds_sum",
            "vigie_index_refresh_seconds_count",
            "vigie_index_refresh_seconds_sum",
            "vigie_freshness_seconds_bucket",
            "vigie_freshness_seconds_count",
            "vigie_search_seconds_bucket",
            "vigie_search_seconds_count",
            "vigie_search_rejected_total",
            "vigie_alerts_deliveries_total",
            "vigie_alerts_deliveries_retried",
            "vigie_alerts_lag_records",
            "vigie_alerts_restarts_total",
            "vigie_alerts_searches_refused",
            "jvm_memory_used_bytes",
            "jvm_memory_max_bytes",
            "jvm_gc_pause_seconds_sum",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_files_open_files",
            "process_files_max_files",
            "system_cpu_usage",
            "kafka_stream_alive_stream_threads",
            "kafka_stream_failed_stream_threads_total",
            "kafka_stream_thread_process_total",
            "kafka_stream_thread_commit_latency_avg",
            "kafka_stream_task_dropped_records_total",
            "kafka_consumer_coordinator_rebalance_total",
            "kafka_consumer_fetch_manager_records_lag_max");

    /** Made by Prometheus itself. */
    private static final Set<String> OWN = Set.of("up", "ALERTS");

    /** Every metric that an alert or a panel asks a process of Vigie for. */
    static Set<String> metricsUsed() {
        return names().filter(name -> !recorded(name) && !OWN.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMetricInUseIsExported() {
        var used = metricsUsed();

        assertThat(used).isNotEmpty().isSubsetOf(KNOWN);
    }

    @Test
    void everyRecordedNameInUseIsRecorded() {
        var used = names().filter(DeployTest::recorded).collect(Collectors.toSet());

        assertThat(used).isNotEmpty().isSubsetOf(DeployFiles.rules().findValuesAsText("record"));
    }

    @Test
    void namesAreToldFromFunctionsLabelsTextsAndDurations() {
        String expression = """
                histogram_quantile(0.99, sum by (le, endpoint) (rate(a_bucket{job=~"x{2}|y", le="+Inf"}[5m])))
                  / on (instance) group_left (role) (b_total offset 1w > bool 1e3) unless r:recorded:rate5m or vector(0)
                """;

        var names = MetricNames.in(expression);

        assertThat(names).containsExactlyInAnyOrder("a_bucket", "b_total", "r:recorded:rate5m");
    }

    @Test
    void everyYamlFileIsReadableAndNotEmpty() {
        var trees = DeployFiles.yamls().stream().map(DeployFiles::yaml);

        assertThat(trees).hasSizeGreaterThan(5).allMatch(tree -> tree.isObject() && !tree.isEmpty());
    }

    @Test
    void everyAlertIsTested() {
        var tested = Set.copyOf(DeployFiles.ruleTests().findValuesAsText("alertname"));

        assertThat(tested).containsExactlyInAnyOrderElementsOf(alertNames());
    }

    @Test
    void everyAlertIsExplainedInTheReadMe() {
        var explained = DeployFiles.text("README.md")
                .lines()
                .filter(line -> line.startsWith("### Vigie"))
                .map(line -> line.substring("### ".length()));

        assertThat(explained).containsExactlyInAnyOrderElementsOf(alertNames());
    }

    @Test
    void everyAlertSaysHowBadItIsWhatItMeansAndWhereToReadOn() {
        var alerts = alerts();

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo("deploy/README.md#" + name(alert).toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void theDashboardKeepsItsAddressAndItsRows() {
        var dashboard = DeployFiles.dashboard();

        var rows = elements(dashboard.get("panels"))
                .filter(panel -> panel.path("type").asText().equals("row"))
                .map(row -> row.path("title").asText());

        assertThat(dashboard.path("uid").asText()).isEqualTo("vigie");
        assertThat(rows).containsExactly("Freshness", "Flow", "Errors", "Search", "JVM", "Kafka");
    }

    @Test
    void everyPanelHasItsOwnIdAndAsksTheDataSourceOfTheDashboard() {
        var dashboard = DeployFiles.dashboard();

        var ids = elements(dashboard.get("panels"))
                .map(panel -> panel.path("id").asInt())
                .toList();
        var sources = dashboard.findValues("datasource").stream()
                .map(source -> source.path("uid").asText())
                .distinct();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(sources).containsExactly("${DS_PROMETHEUS}");
    }

    @Test
    void nothingIsPublishedBeyondThisMachine() {
        var ports =
                services().flatMap(service -> elements(service.path("ports"))).map(JsonNode::asText);

        assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void everyImageHasAVersion() {
        var images = services().map(service -> service.path("image").asText());

        assertThat(images).isNotEmpty().allMatch(image -> image.matches(".+:.*\\d.*") && !image.endsWith(":latest"));
    }

    @Test
    void prometheusAndTheProxyAskWhereTheProcessesListen() {
        var services = DeployFiles.compose().path("services");
        String serve = "127.0.0.1:" + httpPort(services.path("vigie-serve"));
        String stream = "127.0.0.1:" + httpPort(services.path("vigie-stream"));

        var targets = elements(DeployFiles.prometheus().at("/scrape_configs/0/static_configs"))
                .map(target -> target.at("/targets/0").asText() + " "
                        + target.at("/labels/role").asText());

        assertThat(targets).containsExactlyInAnyOrder(serve + " serve", stream + " stream");
        assertThat(DeployFiles.text("edge/nginx.conf")).contains("proxy_pass http://" + serve + ";");
    }

    @Test
    void everyProcessOfVigieStaysBehindTheOneDoor() {
        var processes = services()
                .filter(service -> service.path("image").asText().startsWith("vigie:"))
                .toList();

        assertThat(processes).hasSize(3).allSatisfy(process -> {
            assertThat(process.path("network_mode").asText()).isEqualTo("service:edge");
            assertThat(process.has("ports")).isFalse();
            assertThat(process.path("read_only").asBoolean()).isTrue();
        });
    }

    private static Stream<String> names() {
        var expressions = new ArrayList<>(DeployFiles.rules().findValuesAsText("expr"));
        expressions.addAll(DeployFiles.dashboard().findValuesAsText("expr"));
        return expressions.stream().flatMap(expression -> MetricNames.in(expression).stream());
    }

    private static boolean recorded(String name) {
        return name.contains(":");
    }

    private static List<JsonNode> alerts() {
        return elements(DeployFiles.rules().path("groups"))
                .flatMap(group -> elements(group.path("rules")))
                .filter(rule -> rule.has("alert"))
                .toList();
    }

    private static List<String> alertNames() {
        return alerts().stream().map(DeployTest::name).toList();
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asText();
    }

    private static Stream<JsonNode> services() {
        return elements(DeployFiles.compose().path("services"));
    }

    private static String httpPort(JsonNode service) {
        return service.at("/environment/VIGIE_HTTP_PORT").asText();
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
