package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.app.StreamAdmission.Applicant;
import io.vigie.topology.StreamShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamAdmissionTest {
    private static final String ID = "vigie-insights";

    @TempDir
    private Path directory;

    private final FakeKeptState kafka = new FakeKeptState();

    @Test
    void aNewInstallationStartsAndIsWrittenDown() {
        var admission = new StreamAdmission(kafka, directory);

        admission.admit(applicant(Map.of("counts-changelog", "Tally 1")));

        assertThat(record().kept()).isEqualTo(Map.of("counts-changelog", "Tally 1"));
        assertThat(record().incarnation()).isNotBlank();
    }

    @Test
    void theSameVersionStartsAgainOnItsOwnFiles() throws IOException {
        var admission = new StreamAdmission(kafka, directory);
        admission.admit(applicant(Map.of("counts-changelog", "Tally 1")));
        kafka.topics.put("vigie-insights-counts-changelog", 4);
        kafka.topics.put("voc.verbatims", 4);
        var incarnation = record().incarnation();
        Path file = file();

        admission.admit(applicant(Map.of("counts-changelog", "Tally 1")));

        assertThat(file).exists();
        assertThat(record().incarnation()).isEqualTo(incarnation);
    }

    @Test
    void aVersionThatKeepsOtherThingsOrInAnotherFormIsRefusedWithTheCommandThatMendsIt() {
        made(Map.of("counts-changelog", "Tally 1", "old-changelog", "text", "same-changelog", "text"));
        var admission = new StreamAdmission(kafka, directory);

        assertThatThrownBy(() -> admission.admit(applicant(
                        Map.of("counts-changelog", "Tally 2", "new-changelog", "text", "same-changelog", "text"))))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("the state of the stream vigie-insights is not of this version: counts-changelog was"
                        + " \"Tally 1\" and is \"Tally 2\"; new-changelog is new; old-changelog is no more. Add --reset"
                        + " insights to the command once, which makes complaints, counts, ledgers and signals anew from"
                        + " the topics, or go on with the version that made it (docs/upgrades.md)");
        assertThat(record().kept()).containsEntry("counts-changelog", "Tally 1");
    }

    @Test
    void anotherSettingThanTheStateWasMadeWithIsRefusedUntilItIsSetBackOrReset() throws Exception {
        var admission = new StreamAdmission(kafka, directory);
        admission.admit(inZone("Europe/Paris"));

        assertThatThrownBy(() -> admission.admit(inZone("UTC")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("what the stream vigie-insights has made so far depends on a setting that has changed:"
                        + " time.zone was \"Europe/Paris\" and is \"UTC\". Set it back, or go on with it: add --reset"
                        + " insights to the command once, which makes complaints, counts, ledgers and signals anew"
                        + " from the topics; docs/upgrades.md says what that cannot mend");
        admission.admit(inZone("Europe/Paris"));
        admission.reset(inZone("UTC"));
        admission.admit(inZone("UTC"));
        assertThat(record().settings()).isEqualTo(Map.of("time.zone", "UTC"));
    }

    @Test
    void aRecordWithoutSettingsGetsThoseOfTheStartAndStaysTheSameIncarnation() throws IOException {
        made(Map.of("counts-changelog", "Tally 1"));
        var admission = new StreamAdmission(kafka, directory);
        admission.admit(applicant(Map.of("counts-changelog", "Tally 1")));
        Path file = file();

        admission.admit(inZone("UTC"));

        assertThat(record().settings()).isEqualTo(Map.of("time.zone", "UTC"));
        assertThat(record().incarnation()).isEqualTo("once");
        assertThat(file).exists();
    }

    @Test
    void theStateOfAVersionThatWroteNothingDownIsHeldAgainstTheNamesOfItsTopics() {
        kafka.topics.put("vigie-insights-counts-changelog", 4);
        kafka.topics.put("vigie-insights-old-repartition", 4);
        kafka.topics.put("vigie-insights.copy", 1);
        var admission = new StreamAdmission(kafka, directory);

        assertThatThrownBy(() -> admission.admit(applicant(Map.of("counts-changelog", "Tally 1"))))
                .hasMessageContaining("version: old-repartition is no more. Add --reset insights");

        kafka.topics.remove("vigie-insights-old-repartition");
        admission.admit(applicant(Map.of("counts-changelog", "Tally 1")));
        assertThat(record().kept()).containsOnlyKeys("counts-changelog");
    }

    @Test
    void theTopicsOfTheSecondApplicationAreNotTheFirstOnes() {
        kafka.topics.put("vigie-seen-events-changelog", 4);
        kafka.topics.put("vigie-insights-counts-changelog", 4);
        var admission = new StreamAdmission(kafka, directory);

        admission.admit(new Applicant("vigie", shape(Map.of("seen-events-changelog", "marks")), Map.of(), Reset.SEEN));

        assertThat(kafka.records).containsOnlyKeys("vigie");
    }

    @Test
    void stateOfFewerPartitionsThanItsTopicsIsRefused() {
        made(Map.of("counts-changelog", "Tally 1"));
        kafka.topics.put("vigie-insights-counts-changelog", 4);
        kafka.topics.put("voc.verbatims", 8);
        kafka.topics.put("voc.erasures", 1);
        var admission = new StreamAdmission(kafka, directory);

        assertThatThrownBy(() -> admission.admit(applicant(Map.of("counts-changelog", "Tally 1"))))
                .hasMessageContaining("counts-changelog has 4 partitions and voc.verbatims has 8")
                .hasMessageContaining("--reset insights");
    }

    @Test
    void aResetTakesTopicsOffsetsAndFilesAndAfterItTheStartIsLetThrough() throws Exception {
        made(Map.of("counts-changelog", "Tally 1"));
        kafka.topics.put("vigie-insights-counts-changelog", 4);
        kafka.topics.put("voc.verbatims", 8);
        kafka.withOffsets.addAll(List.of("vigie-insights", "vigie"));
        var admission = new StreamAdmission(kafka, directory);
        Path file = file();
        var applicant = applicant(Map.of("counts-changelog", "Tally 2"));

        admission.reset(applicant);
        admission.admit(applicant);

        assertThat(kafka.topics).containsOnlyKeys("voc.verbatims");
        assertThat(kafka.withOffsets).containsExactly("vigie");
        assertThat(record().kept()).containsEntry("counts-changelog", "Tally 2");
        assertThat(file).doesNotExist();
    }

    @Test
    void wherePartOfAResetWasDoneNoStartIsLetThroughUntilItIsDoneAgain() throws Exception {
        var applicant = applicant(Map.of("counts-changelog", "Tally 1"));
        for (int done = 1; done <= 3; done++) {
            made(Map.of("counts-changelog", "Tally 1"));
            kafka.topics.put("vigie-insights-counts-changelog", 4);
            kafka.changesLeft = done;
            var admission = new StreamAdmission(kafka, directory);

            assertThatThrownBy(() -> admission.reset(applicant)).isInstanceOf(KafkaAwayException.class);
            kafka.changesLeft = Integer.MAX_VALUE;
            assertThatThrownBy(() -> admission.admit(applicant)).hasMessageContaining("--reset insights");
            admission.reset(applicant);
            admission.admit(applicant);

            assertThat(kafka.topics).isEmpty();
        }
    }

    @Test
    void filesOfAnInstanceThatMissedTheResetAreDropped() throws Exception {
        var applicant = applicant(Map.of("counts-changelog", "Tally 1"));
        new StreamAdmission(kafka, directory).admit(applicant);
        Path file = file();
        new StreamAdmission(kafka, directory.resolve("elsewhere")).reset(applicant);

        new StreamAdmission(kafka, directory).admit(applicant);

        assertThat(file).doesNotExist();
    }

    @Test
    void filesOfOtherTasksAreDropped() throws IOException {
        var admission = new StreamAdmission(kafka, directory);
        admission.admit(applicant(Map.of("counts-changelog", "Tally 1")));
        Path file = file();
        var renumbered =
                new StreamShape(new TreeMap<>(Map.of("counts-changelog", "Tally 1")), new TreeSet<>(), "3: counts");

        admission.admit(new Applicant(ID, renumbered, Map.of(), Reset.INSIGHTS));

        assertThat(file).doesNotExist();
    }

    @Test
    void theFirstApplicationKeepsItsPlaceInTheTopicsWhenItIsReset() throws Exception {
        kafka.withOffsets.add("vigie");
        kafka.topics.put("vigie-seen-events-changelog", 4);
        kafka.topics.put("vigie-insights-counts-changelog", 4);
        var first = new Applicant("vigie", shape(Map.of("seen-events-changelog", "marks")), Map.of(), Reset.SEEN);

        new StreamAdmission(kafka, directory).reset(first);

        assertThat(kafka.withOffsets).containsExactly("vigie");
        assertThat(kafka.topics).containsOnlyKeys("vigie-insights-counts-changelog");
    }

    private StateRecord record() {
        return Objects.requireNonNull(kafka.records.get(ID));
    }

    private void made(Map<String, String> kept) {
        kafka.records.put(ID, new StateRecord("once", new TreeMap<>(), new TreeMap<>(kept)));
    }

    /** One of the application's state on disk. */
    private Path file() throws IOException {
        Path file = directory.resolve(ID).resolve("0_1").resolve("rocksdb");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "rows");
    }

    private static Applicant applicant(Map<String, String> kept) {
        return new Applicant(ID, shape(kept), Map.of(), Reset.INSIGHTS);
    }

    private static Applicant inZone(String zone) {
        return new Applicant(
                ID, shape(Map.of("counts-changelog", "Tally 1")), Map.of("time.zone", zone), Reset.INSIGHTS);
    }

    private static StreamShape shape(Map<String, String> kept) {
        return new StreamShape(
                new TreeMap<>(kept), new TreeSet<>(List.of("voc.verbatims", "voc.erasures")), "1: counts");
    }
}
