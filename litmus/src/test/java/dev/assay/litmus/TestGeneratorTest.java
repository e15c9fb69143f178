package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.litmus.TestGenerator.GeneratedTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestGeneratorTest {
    private static TestGenerator generator(String architecture) {
        return new TestGenerator(architecture, List.of());
    }

    @ParameterizedTest
    @CsvSource({"PodWW Rfe PodRR Fre,MP", "PodRR Fre PodWW Rfe,MP", "PodWR Fre PodWR Fre,SB", "PodRW Rfe PodRW Rfe,LB",
        "PodWW Coe PodWW Coe,2+2W", "PodWW Coe PodWR Fre,R", "PodWW Rfe PodRW Coe,S", "Rfe PodRW Rfe PodRR Fre,WRC",
        "Rfe PodRR Fre Rfe PodRR Fre,IRIW", "PodWW Rfe PodRW Rfe PodRR Fre,ISA2",
        "DMB.SYdWW Rfe DpAddrdR Fre,MP+dmb.sy+addr",
        "DMB.SYdWW Rfe DMB.SYdRR Fre,MP+dmb.sys"})
    void testsCarryTheNamesOfTheLiterature(String cycle, String name) {
        assertThat(generator("AArch64").test(cycle).name()).isEqualTo(name);
    }

    @Test
    void aGeneratedTestAsksForItsCycle() {
        LitmusTest test = LitmusParser.parse("test", generator("X86_64").test("PodWW Rfe PodRR Fre").text());
        assertThat(test.condition().text()).isEqualTo("(1:rax=1 /\\ 1:rbx=0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X86_64", "AArch64", "RISCV", "Java"})
    void everyCriticalCycleIsForbiddenUnderSequentialConsistencyAndHappensWithoutConstraints(String architecture) {
        ModelChecker sc = new ModelChecker(new ModelChecker.Settings(Optional.of("sc"), 2, false));
        List<GeneratedTest> tests = generator(architecture).upTo(4);
        assertThat(tests).hasSizeGreaterThan(15);
        for (GeneratedTest test : tests) {
            assertThat(sc.decide(LitmusParser.parse(test.name(), test.text())).observation()).as(test.text())
                    .isEqualTo("Never");
        }
    }

    @Test
    void theModelsFindTheWeaknessesOfTheFamilies() {
        Map<String, String> arm = new HashMap<>();
        ModelChecker checker = new ModelChecker(new ModelChecker.Settings(Optional.empty(), 2, false));
        for (String cycle : List.of("PodWW Rfe PodRR Fre", "DMB.SYdWW Rfe DpAddrdR Fre", "DMB.SYdWW Rfe DpCtrldR Fre",
                "DMB.SYdWW Rfe DpCtrlIsbdR Fre", "PodWW L Rfe A PodRR Fre", "DpDatadW Rfe DpDatadW Rfe")) {
            GeneratedTest test = generator("AArch64").test(cycle);
            arm.put(cycle, checker.decide(LitmusParser.parse(test.name(), test.text())).observation());
        }
        assertThat(arm).containsEntry("PodWW Rfe PodRR Fre", "Sometimes")
                .containsEntry("DMB.SYdWW Rfe DpAddrdR Fre", "Never")
                .containsEntry("DMB.SYdWW Rfe DpCtrldR Fre", "Sometimes")
                .containsEntry("DMB.SYdWW Rfe DpCtrlIsbdR Fre", "Never")
                .containsEntry("PodWW L Rfe A PodRR Fre", "Never").containsEntry("DpDatadW Rfe DpDatadW Rfe", "Never");
    }

    @Test
    void stepsThatDoNotMeetAreRefused() {
        assertThatThrownBy(() -> generator("X86_64").test("PodWW Rfe PodWW Fre"))
                .hasMessageContaining("Rfe ends at a read")
                .hasMessageContaining("PodWW starts at a write");
    }

    @Test
    void dependenciesAreNoStepsOnX86() {
        assertThatThrownBy(() -> generator("X86_64").test("DpAddrdW Rfe"))
                .hasMessageContaining("'DpAddrdW' is no step");
    }

    @ParameterizedTest
    @CsvSource({"X86_64,Exch", "AArch64,LxSx", "AArch64,Amo.Swp", "AArch64,Amo.Cas", "AArch64,Amo.LdAdd", "RISCV,Exch",
        "RISCV,LxSx", "Java,Rmw", "Java,Amo.Cas", "Java,Amo.LdAdd"})
    void cyclesThroughAtomicUpdatesAreForbiddenUnderSequentialConsistency(String architecture, String update) {
        ModelChecker sc = new ModelChecker(new ModelChecker.Settings(Optional.of("sc"), 2, false));
        List<GeneratedTest> tests = new TestGenerator(architecture,
                List.of("Rfe", "Fre", "Coe", "PodRR", "PodRW", "PodWR", "PodWW", update)).upTo(5);
        List<GeneratedTest> updating = tests.stream().filter(t -> t.text().contains(update + " ")).toList();
        assertThat(updating).hasSizeGreaterThan(5);
        for (GeneratedTest test : updating) {
            assertThat(sc.decide(LitmusParser.parse(test.name(), test.text())).observation()).as(test.text())
                    .isEqualTo("Never");
        }
    }

    @ParameterizedTest
    @CsvSource({"X86_64,Rmw PodWR Fre PodWW Rfe,Never", "AArch64,Amo.Swp PodWR Fre PodWW Rfe,Sometimes",
        "AArch64,LxSx PodWR Fre PodWW Rfe,Sometimes", "AArch64,Amo.Cas PodWR Fre DMB.SYdWW Rfe A,Never",
        "RISCV,Exch PodWR Fre Fence.rw.rwdWW Rfe,Sometimes", "Java,V Amo.LdAdd V PodWR V Fre V PodWW V Rfe,Never"})
    void theModelsSayOfMessagesThatAnUpdateTakes(String architecture, String cycle, String observation) {
        GeneratedTest test = generator(architecture).test(cycle);
        assertThat(new ModelChecker(new ModelChecker.Settings(Optional.empty(), 2, false))
                .decide(LitmusParser.parse(test.name(), test.text())).observation()).as(test.text())
                .isEqualTo(observation);
    }
}
