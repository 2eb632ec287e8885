package io.vigie.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The drawing of ARCHITECTURE.md, as code. */
@AnalyzeClasses(packages = "io.vigie", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modulesDependOnlyAsDrawn = drawn();

    @ArchTest
    static final ArchRule luceneStaysInTheIndex = only("org.apache.lucene..", "index..");

    @ArchTest
    static final ArchRule kafkaStreamsStaysInTheTopology = only("org.apache.kafka.streams..", "topology..");

    @ArchTest
    static final ArchRule httpStaysInTheServer = only("io.javalin..", "server..");

    @ArchTest
    static final ArchRule loginsStayWithTheAccess = only("com.nimbusds..", "server.access..");

    @ArchTest
    static final ArchRule theRegistryClientStaysInTheEvents = only("io.confluent..", "events..");

    @ArchTest
    static final ArchRule theBrokerStaysInTheEmbeddedStack = only("kafka..", "app.embedded..");

    @ArchTest
    static final ArchRule understandingKnowsNoKafka = noClasses()
            .that()
            .resideInAPackage("io.vigie.understanding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache..", "io.confluent..");

    @ArchTest
    static final ArchRule noDumpingGrounds =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Common|Manager|Impl)");

    private static LayeredArchitecture drawn() {
        var usersOf = Map.of(
                "events", List.of("topology", "index", "sink", "server", "app"),
                "understanding", List.of("topology", "app"),
                "index", List.of("sink", "server", "app"),
                "topology", List.of("app"),
                "sink", List.of("app"),
                "server", List.of("app"),
                "app", List.<String>of());
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String module : usersOf.keySet()) {
            layers = layers.layer(module).definedBy("io.vigie." + module + "..");
        }
        for (var entry : usersOf.entrySet()) {
            var layer = layers.whereLayer(entry.getKey());
            layers = entry.getValue().isEmpty()
                    ? layer.mayNotBeAccessedByAnyLayer()
                    : layer.mayOnlyBeAccessedByLayers(entry.getValue().toArray(String[]::new));
        }
        return layers;
    }

    private static ArchRule only(String library, String... packages) {
        String[] allowed =
                Arrays.stream(packages).map(name -> "io.vigie." + name).toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
