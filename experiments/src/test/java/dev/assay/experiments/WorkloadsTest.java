package dev.assay.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.lab.Experiment;
import dev.assay.lab.Point;
import dev.assay.lab.Variant;
import dev.assay.machine.Machine;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variant of every chapter, once, in a process of its own. */
class WorkloadsTest {
    private static final Machine HERE = Machine.read();

    @TempDir
    Path desk;

    static Stream<Arguments> everything() {
        return Catalogue.all().stream().filter(WorkloadsTest::testableHere).flatMap(chapter -> chapter.variants(HERE)
                .stream().map(variant -> Arguments.of(chapter.card().id(), variant.name(), chapter, variant)));
    }

    private static boolean testableHere(Experiment chapter) {
        return chapter.card().requirements().stream().allMatch(r -> r.missing().apply(HERE).isEmpty());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everything")
    void aTrialKeepsItsPromisesAndMeasuresTheHeadline(String id, String name, Experiment chapter, Variant variant)
            throws Exception {
        TinyTrial trial = TinyTrial.run(chapter, variant, desk);
        assertThat(trial.exitCode()).as(trial.output()).isZero();
        assertThat(trial.lines("check")).as("%s, %s promises something", id, name).isNotEmpty()
                .allSatisfy(line -> assertThat(line).endsWith("\tkept"));
        Point headline = chapter.card().headline();
        assertThat(trial.lines("values")).anySatisfy(line -> assertThat(line).startsWith("values\t" + headline + "\t"));
        assertThat(trial.lines("values")).allSatisfy(line -> assertThat(line.split("\t")[2].split(" "))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(value -> assertThat(Double.parseDouble(value)).isPositive()));
    }

    @Test
    void aVariantThatNobodyKnowsEndsTheTrialWithAReason() throws Exception {
        assumeTrue(testableHere(new MemoryBandwidth()), "memory.bandwidth cannot run here");
        TinyTrial trial = TinyTrial.run(new MemoryBandwidth(),
                Variant.of("wrong", java.util.Map.of("way", "teleport", "arrayBytes", 1 << 20),
                        "--add-modules=jdk.incubator.vector"),
                desk);
        assertThat(trial.exitCode()).isNotZero();
        assertThat(trial.output()).contains("teleport");
    }
}
