package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AdviserTest {
    /** What must be said of each machine, and what must not. */
    static final List<Map.Entry<String, List<String>>> SAID = List.of(
            Map.entry("laptop-hybrid", List.of("governor", "boost", "smt", "mixed-cores", "throttled", "battery", "hot",
                    "perf-paranoid", "memlock", "mitigations", "swap", "realtime",
                    "!virtualised", "!thp", "!quota", "!clock")),
            Map.entry("server-two-sockets", List.of("thp", "numa", "numa-balancing", "clock", "smt", "memlock",
                    "aer-0000:3b:00.0", "link-0000:3b:00.0", "drive-nvme0", "!governor", "!boost", "!throttled",
                    "!link-0000:5e:00.0")),
            Map.entry("amd-chiplets", List.of("governor", "boost", "numa", "!numa-balancing", "!perf-paranoid",
                    "!memlock", "!virtualised", "!realtime", "!swap")),
            Map.entry("graviton", List.of("virtualised", "steal", "mitigations", "!smt", "!governor")),
            Map.entry("board-mixed", List.of("governor", "mixed-cores", "hot", "!smt", "!virtualised")),
            Map.entry("apple-like", List.of("mixed-cores", "swapped", "!boost", "!battery", "!hot")),
            Map.entry("riscv", List.of("perf-paranoid", "!governor", "!mixed-cores")),
            Map.entry("mainframe", List.of("thp", "virtualised", "smt", "!line-size")),
            Map.entry("container-limits", List.of("quota", "memory-limit", "affinity", "virtualised", "memlock")),
            Map.entry("micro-vm", List.of("virtualised", "steal", "busy", "!governor")),
            Map.entry("wsl2", List.of("wsl", "virtualised", "thp", "swapped", "memory-short")),
            Map.entry("power-container", List.of("quota", "memory-limit", "smt", "!numa")));

    @ParameterizedTest
    @FieldSource("SAID")
    void everyMachineGetsTheAdviceThatFitsIt(Map.Entry<String, List<String>> said) {
        List<String> given = SavedMachines.machine(said.getKey()).advice().stream().map(Advice::id).toList();
        for (String id : said.getValue()) {
            if (id.startsWith("!")) {
                assertThat(given).doesNotContain(id.substring(1));
            } else {
                assertThat(given).contains(id);
            }
        }
    }

    static final List<String> NAMES = SavedMachines.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void adviceSaysWhatWhyAndWhatToDoAndTheWorstComesFirst(String name) {
        List<Advice> advice = SavedMachines.machine(name).advice();
        assertThat(advice).isSortedAccordingTo(java.util.Comparator.comparing(Advice::weight));
        assertThat(advice).extracting(Advice::id).doesNotHaveDuplicates();
        assertThat(advice).allSatisfy(one -> {
            assertThat(one.finding()).isNotBlank().doesNotContain("Optional", "unsupported:", "unreadable:");
            assertThat(one.why()).isNotBlank();
            assertThat(one.remedy()).isNotBlank();
        });
    }

    @Test
    void whatTheProcessorHasAndTheJvmLeavesUnusedIsNamed() {
        JvmFlags flags = flag -> switch (flag) {
            case "UseLSE", "UseSHA" -> Reading.known("false", "a test");
            case "UseSHA256Intrinsics", "UseFMA" -> Reading.known("true", "a test");
            default -> Reading.unsupported("a test");
        };
        assertThat(Machine.linux(SavedMachines.root("graviton"), flags).advice()).extracting(Advice::id).contains(
                "unused-single-instruction-atomics").doesNotContain("unused-fused-multiply-add", "unused-sha256");
        assertThat(Machine.linux(SavedMachines.root("board-mixed"), flags).advice()).extracting(Advice::id)
                .as("this processor has no such instructions").doesNotContain("unused-single-instruction-atomics");
    }
}
