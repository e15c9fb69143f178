package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.litmus.PairDesign.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InterleavingTest {
    private static List<String> lines(List<Read> reads, long... seen) {
        return Interleaving.of(reads, seen).steps().stream().map(Interleaving.Step::says).toList();
    }

    @Test
    void aNewEntryWithAnOldVersionWasReadBetweenTheWritersTwoSteps() {
        assertThat(lines(List.of(Read.VERSION, Read.ENTRY), 7, 8)).containsExactly("writes version 7",
                "reads version = 7", "writes entry 8", "reads entry = 8", "writes version 8");
    }

    @Test
    void anOldEntryWithANewVersionWasOvertaken() {
        assertThat(lines(List.of(Read.ENTRY, Read.VERSION), 7, 8)).containsExactly("writes version 7",
                "reads entry = 7", "writes entry 8", "writes version 8", "reads version = 8");
    }

    @Test
    void manyStepsInARowAreOneLine() {
        assertThat(lines(List.of(Read.ENTRY, Read.VERSION), 7, 100)).containsExactly("writes version 7",
                "reads entry = 7", "… makes versions 8 to 99", "writes entry 100", "writes version 100",
                "reads version = 100");
    }

    @Test
    void whatNoOrderExplainsIsRefused() {
        assertThatThrownBy(() -> lines(List.of(Read.VERSION, Read.ENTRY), 8, 7))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ENTRY = 7");
    }

    /** Steps are run at random; what the reader saw is explained by an order that, run again, gives the same values. */
    @Test
    void theOrderRunAgainGivesTheSameValues() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            List<Read> reads = random.nextBoolean()
                    ? List.of(Read.VERSION, Read.ENTRY, Read.VERSION)
                    : List.of(Read.ENTRY, Read.VERSION);
            long writer = 1 + random.nextInt(6);
            long[] seen = new long[reads.size()];
            for (int i = 0; i < seen.length; i++) {
                seen[i] = reads.get(i) == Read.ENTRY ? writer / 2 : (writer - 1) / 2;
                writer += random.nextInt(random.nextInt(4) == 0 ? 12 : 3);
            }
            List<Long> again = new ArrayList<>();
            long entry = min(seen);
            long version = min(seen);
            for (Interleaving.Step step : Interleaving.of(reads, seen).steps()) {
                long number = Long.parseLong(step.says().replaceAll(".*\\D", ""));
                if (step.reader()) {
                    again.add(step.says().contains("entry") ? entry : version);
                } else if (step.says().startsWith("…")) {
                    entry = number;
                    version = number;
                } else if (step.says().contains("entry")) {
                    entry = number;
                } else {
                    version = number;
                }
            }
            assertThat(again).as("seed %d round %d", seed, round)
                    .containsExactlyElementsOf(java.util.Arrays.stream(seen).boxed().toList());
        }
    }

    private static long min(long[] seen) {
        return java.util.Arrays.stream(seen).min().orElseThrow();
    }
}
