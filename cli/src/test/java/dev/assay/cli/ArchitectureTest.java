package dev.assay.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The house of docs/architecture.md, held by the build. */
class ArchitectureTest {
    private static final JavaClasses ASSAY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("jmh_generated")).importPackages("dev.assay");

    /** Which modules a module may know. A module that is not here may know none. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(Map.entry("machine", Set.of()),
            Map.entry("statistics", Set.of()), Map.entry("lab", Set.of("machine", "statistics")),
            Map.entry("experiments", Set.of("lab", "machine", "statistics")),
            Map.entry("services", Set.of("lab", "machine", "statistics")),
            Map.entry("decide", Set.of("lab", "machine", "statistics")),
            Map.entry("litmus", Set.of("lab", "machine", "statistics")),
            Map.entry("scan", Set.of("lab", "machine", "statistics")),
            Map.entry("quantum", Set.of("lab", "machine", "statistics")),
            Map.entry("bpf", Set.of("lab", "machine", "statistics")),
            Map.entry("observe", Set.of("lab", "machine", "statistics", "bpf")),
            Map.entry("report", Set.of("decide", "observe", "litmus", "scan", "quantum", "bpf", "lab", "machine",
                    "statistics")));

    private static Set<String> modules() {
        Set<String> modules = new TreeSet<>();
        ASSAY.forEach(type -> {
            String[] words = type.getPackageName().split("\\.");
            if (words.length > 2) {
                modules.add(words[2]);
            }
        });
        return modules;
    }

    @Test
    void arrowsPointDownOnly() {
        Set<String> modules = modules();
        for (String module : modules) {
            if (module.equals("cli")) {
                continue;
            }
            for (String other : modules) {
                if (!other.equals(module) && !ARROWS.getOrDefault(module, Set.of()).contains(other)) {
                    noClasses().that().resideInAPackage("dev.assay." + module + "..").should().dependOnClassesThat()
                            .resideInAPackage("dev.assay." + other + "..").allowEmptyShould(true).check(ASSAY);
                }
            }
        }
    }

    @Test
    void modulesHaveNoCycles() {
        slices().matching("dev.assay.(*)..").should().beFreeOfCycles().check(ASSAY);
    }

    @Test
    void foreignMemoryIsTouchedInFewModules() {
        noClasses().that().resideOutsideOfPackages("dev.assay.machine..", "dev.assay.litmus..", "dev.assay.bpf..",
                "dev.assay.experiments..", "dev.assay.services..").should().dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..").check(ASSAY);
    }

    @Test
    void onlyTheCommandLinePrintsOrExits() {
        noClasses().that().resideOutsideOfPackage("dev.assay.cli..").and().haveSimpleNameNotEndingWith("Trial").should()
                .accessField(System.class, "out")
                .orShould().accessField(System.class, "err").orShould().callMethod(System.class, "exit", int.class)
                .because("modules return values; only cli prints or exits, and a trial answers on its own pipe")
                .check(ASSAY);
    }

    @Test
    void theCoreOfStatisticsAndMachineKnowsNoJson() {
        noClasses().that().resideInAnyPackage("dev.assay.machine..", "dev.assay.statistics..").should()
                .dependOnClassesThat().resideInAPackage("tools.jackson..").check(ASSAY);
    }

    @Test
    void theDayIsReadFromInstantsOnly() {
        noClasses().should().callMethod(System.class, "currentTimeMillis")
                .because("wall time jumps; intervals use nanoTime and dates use Instant").check(ASSAY);
    }

    @Test
    void noClassIsAnEverythingDrawer() {
        List<String> refused = ASSAY.stream().map(type -> type.getSimpleName())
                .filter(name -> !name.equals("CpuInfo")) // the kernel's own name of its file
                .filter(name -> name.matches(".*(Util|Utils|Helper|Manager|Impl|Common|Base|Info)")).toList();
        assertThat(refused).isEmpty();
    }
}
