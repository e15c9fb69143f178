package dev.assay.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.Card;
import dev.assay.lab.Experiment;
import dev.assay.lab.Variant;
import dev.assay.machine.Machine;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    static Stream<Experiment> chapters() {
        return Catalogue.all().stream();
    }

    @Test
    void chaptersAreFoundWithoutBeingRegistered() {
        assertThat(Catalogue.all()).extracting(e -> e.card().id()).contains("atomics.ordering", "atomics.rmw",
                "layout.false-sharing", "memory.bandwidth", "memory.cores", "memory.latency", "runtime.ffi",
                "runtime.syscalls").isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void aCardIsComplete(Experiment chapter) {
        Card card = chapter.card();
        assertThat(card.why().length()).as("why %s matters", card.id()).isGreaterThan(40);
        assertThat(card.varied()).as("what %s varies", card.id()).isNotBlank();
        assertThat(card.held()).as("what %s holds", card.id()).isNotBlank();
        assertThat(card.metric().unit()).isNotBlank();
        assertThat(card.compared()).doesNotContain(card.headline()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void everyMachineHasAtLeastTwoVariantsWithNamesOfTheirOwn(Experiment chapter) {
        for (Map.Entry<String, Machine> machine : Machines.all().entrySet()) {
            List<Variant> variants = chapter.variants(machine.getValue());
            assertThat(variants).as("%s on %s", chapter.card().id(), machine.getKey()).hasSizeGreaterThanOrEqualTo(2)
                    .extracting(Variant::name).doesNotHaveDuplicates();
            List<String> names = variants.stream().map(Variant::name).toList();
            variants.forEach(variant -> variant.against().ifPresent(rival -> assertThat(names).contains(rival)));
            assertThat(variants.getFirst().against()).as("the baseline is compared with nothing").isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void everyMachineLeadsToExpectations(Experiment chapter) {
        Machines.all().forEach((name, machine) -> assertThat(chapter.expectations(machine))
                .as("%s on %s", chapter.card().id(), name).isNotEmpty()
                .allSatisfy(expectation -> assertThat(expectation.says()).endsWith(".")));
    }

    @Test
    void parametersComeFromTheMachineSheet() {
        Machine wide = Machines.saved("laptop-128-byte-lines");
        assertThat(new FalseSharing().variants(wide)).extracting(v -> v.parameters().get("strideBytes"))
                .containsSequence("16", "128", "256");
        assertThat(new MemoryLatency().variants(wide).getFirst().parameters()).containsEntry("lineBytes", "128")
                .containsEntry("levels", "1:131072 2:12582912");
        assertThat(new AtomicsRmw().variants(wide)).extracting(Variant::name).contains("getAndAdd without LSE");
    }

    @Test
    void aMachineWithoutHugePagesIsNotAskedForThem() {
        assertThat(new MemoryLatency().variants(Machines.saved("laptop-128-byte-lines"))).extracting(Variant::name)
                .doesNotContain("huge pages");
        assertThat(new MemoryLatency().variants(Machines.saved("server-aarch64"))).extracting(Variant::name)
                .contains("huge pages");
    }

    @Test
    void aLevelIsShownAtTheSizeFurthestFromItsLimits() {
        assertThat(MemoryLatency.representatives("1:32768 2:1048576 3:33554432", MemoryLatency.sizes(128 << 20)))
                .isEqualTo(Map.of(12288L, 1, 196608L, 2, 6291456L, 3));
        assertThat(MemoryLatency.representatives("", MemoryLatency.sizes(1 << 20))).isEmpty();
    }
}
