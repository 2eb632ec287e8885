package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
    private static final Map<String, String> NONE = Map.of();

    @TempDir
    private Path directory;

    @Test
    void withoutAnySettingTheDefaultsOfTheContractHold() {
        Config config = ConfigReader.read(NONE, Optional.empty(), NONE, NONE);

        assertThat(config.http())
                .isEqualTo(new Config.Http(
                        "127.0.0.1", 8080, java.util.Set.of(), java.util.Optional.empty(), java.time.Duration.ZERO));
        assertThat(config.embedded()).isEqualTo(new Config.Embedded(9092, 8081));
        assertThat(config.kafka()).containsEntry("bootstrap.servers", "127.0.0.1:9092");
        assertThat(config.registry()).containsEntry("schema.registry.url", "http://127.0.0.1:8081");
        assertThat(config.topics().prefix()).isEqualTo("voc.");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("data"));
        assertThat(config.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(config.stream().seenFor()).isEqualTo(Duration.ofDays(30));
        assertThat(config.customerSecret()).isEmpty();
    }

    @Test
    void theFileWinsOverTheCommandTheEnvironmentOverTheFileAndTheOptionOverAll() throws IOException {
        Path file = Files.writeString(directory.resolve("vigie.properties"), """
                # a comment
                http.port = 1001
                embedded.kafka.port=1001
                embedded.registry.port=1001
                """);
        Map<String, String> command = Map.of("http.port", "1000", "data.dir", "of-the-command");
        Map<String, String> environment =
                Map.of("VIGIE_EMBEDDED_KAFKA_PORT", "1002", "VIGIE_EMBEDDED_REGISTRY_PORT", "1002", "PATH", "/bin");
        Map<String, String> options = Map.of("embedded.registry.port", " 1003 ");

        Config config = ConfigReader.read(command, Optional.of(file), environment, options);

        assertThat(config.dataDirectory()).isEqualTo(Path.of("of-the-command"));
        assertThat(config.http().port()).isEqualTo(1001);
        assertThat(config.embedded()).isEqualTo(new Config.Embedded(1002, 1003));
    }

    @Test
    void anAddressThatAlertsMayGoToIsCheckedAtTheStart() {
        assertThatThrownBy(() -> ConfigReader.read(
                        NONE, Optional.empty(), NONE, Map.of("alerts.webhook.allow", "127.0.0.1, 10.0.0.0/99")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("alerts.webhook.allow: 10.0.0.0/99");
    }

    @Test
    void anEmbeddedStackOnOtherPortsIsFoundThereUnlessAnotherIsNamed() {
        Map<String, String> ports = Map.of("embedded.kafka.port", "19092", "embedded.registry.port", "18081");
        Map<String, String> other = new HashMap<>(ports);
        // The default of old, but said.
        other.put("kafka.bootstrap.servers", "127.0.0.1:9092");

        Config moved = ConfigReader.read(NONE, Optional.empty(), NONE, ports);
        Config named = ConfigReader.read(NONE, Optional.empty(), NONE, other);

        assertThat(moved.kafka()).containsEntry("bootstrap.servers", "127.0.0.1:19092");
        assertThat(moved.registry()).containsEntry("schema.registry.url", "http://127.0.0.1:18081");
        assertThat(named.kafka()).containsEntry("bootstrap.servers", "127.0.0.1:9092");
    }

    @Test
    void settingsOfKafkaAndTheRegistryPassThroughUnderTheirOwnNames() {
        Map<String, String> environment = Map.of(
                "VIGIE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "VIGIE_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "a:b");
        Map<String, String> options = Map.of("kafka.bootstrap.servers", "k1:9092,k2:9092");

        Config config = ConfigReader.read(NONE, Optional.empty(), environment, options);

        assertThat(config.kafka())
                .containsOnly(
                        Map.entry("bootstrap.servers", "k1:9092,k2:9092"), Map.entry("security.protocol", "SASL_SSL"));
        assertThat(config.registry())
                .containsEntry("basic.auth.user.info", "a:b")
                .containsEntry("schema.registry.basic.auth.user.info", "a:b");
    }

    @Test
    void aProtocolOfGroupsWithWhichLossesWouldBeSilentIsRefused() {
        Map<String, String> refused = Map.of("kafka.group.protocol", "streams");
        Map<String, String> refusedOfReaders = Map.of("kafka.main.consumer.group.protocol", "consumer");
        Map<String, String> taken = Map.of("kafka.group.protocol", "CLASSIC");

        assertThatThrownBy(() -> ConfigReader.read(NONE, Optional.empty(), NONE, refused))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "kafka.group.protocol is \"streams\"; leave it out or make it classic: with any other the stream"
                                + " cannot tell of records that were removed before it read them (docs/faults.md, C8)");
        assertThatThrownBy(() -> ConfigReader.read(NONE, Optional.empty(), NONE, refusedOfReaders))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("kafka.main.consumer.group.protocol is \"consumer\"");
        assertThat(ConfigReader.read(NONE, Optional.empty(), NONE, taken).kafka())
                .containsEntry("group.protocol", "CLASSIC");
    }

    @Test
    void whatIsTheLaunchersIsNoSetting() {
        Map<String, String> environment = Map.of(
                "VIGIE_HOME", "/x", "VIGIE_JAVA_OPTS", "-Xmx1g", "VIGIE_JAVA_HOME", "/y", "VIGIE_LOG_FORMAT", "json");

        assertThat(ConfigReader.read(NONE, Optional.empty(), environment, NONE)).isNotNull();
    }

    @Test
    void everyProblemIsToldAtOnceWithItsOriginAndTheNearestName() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.properties"), "htp.port=1\n");
        Map<String, String> environment = Map.of("VIGIE_STREAM_TREADS", "2");
        Map<String, String> options = Map.of(
                "http.port",
                "65536",
                "topics.partitions",
                "many",
                "time.zone",
                "Mars/Olympus",
                "index.refresh.ms",
                "0",
                "index.damaged",
                "ignore");

        assertThatThrownBy(() -> ConfigReader.read(NONE, Optional.of(file), environment, options))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        problems -> assertThat(
                                        String.valueOf(problems.getMessage()).lines())
                                .containsExactlyInAnyOrder(
                                        "unknown setting htp.port (" + file + "); did you mean http.port?",
                                        "unknown setting stream.treads (VIGIE_STREAM_TREADS);"
                                                + " did you mean stream.threads?",
                                        "http.port is \"65536\"; it is a whole number from 0 to 65535",
                                        "topics.partitions is \"many\"; it is a whole number from 1 to 1000",
                                        "time.zone is \"Mars/Olympus\"; it is a zone such as Europe/Paris",
                                        "index.refresh.ms is \"0\"; it is a whole number from 1 to 60000",
                                        "index.damaged is \"ignore\"; it is rebuild or refuse"));
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() throws IOException {
        Path missing = directory.resolve("missing.properties");
        Path broken = Files.writeString(directory.resolve("broken.properties"), "http.host=\\u00zz\n");

        assertThatThrownBy(() -> ConfigReader.read(NONE, Optional.of(missing), NONE, NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot read " + missing);
        assertThatThrownBy(() -> ConfigReader.read(NONE, Optional.of(broken), NONE, NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot read " + broken);
    }

    @Test
    void aNameGivenTwiceIsOneName() {
        Map<String, String> options = Map.of("http.names", "vigie.example, other.example ,vigie.example");

        Config config = ConfigReader.read(NONE, Optional.empty(), NONE, options);

        assertThat(config.http().names()).containsExactlyInAnyOrder("vigie.example", "other.example");
    }

    @Test
    void anIpv6AddressIsBracketedInTheUrl() {
        Config config = ConfigReader.read(NONE, Optional.empty(), NONE, Map.of("http.host", "::1"));

        assertThat(config.http().url()).isEqualTo("http://[::1]:8080");
    }
}
