package dev.assay.experiments;

import dev.assay.lab.Card;
import dev.assay.lab.Expectation;
import dev.assay.lab.Experiment;
import dev.assay.lab.Point;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What does a division cost? */
public final class SampleChapter implements Experiment {
    @Override
    public Card card() {
        return Card.of("sample.division").asks("What does a division cost?")
                .because("Compilers turn divisions by constants into multiplications; others they cannot.")
                .varies("whether the divisor is a constant").holds("the chain: each quotient feeds the next")
                .headline(Point.NONE).lasting(Duration.ofMillis(200));
    }

    @Override
    public List<Variant> variants(Machine machine) {
        return List.of(Variant.of("constant", Map.of("constant", true)),
                Variant.of("variable", Map.of("constant", false)));
    }

    @Override
    public List<Expectation> expectations(Machine machine) {
        return List.of(Expectation.of("A constant divisor should cost a multiplication and a shift."));
    }

    @Override
    public Workload workload() {
        return bench -> {
            boolean constant = Boolean.parseBoolean(bench.parameter("constant"));
            long end = System.nanoTime() + bench.time().toNanos();
            long wrong = 0;
            do {
                long start = System.nanoTime();
                long last = constant ? byConstant(STEPS) : byVariable(STEPS, bench.parameters().size() + 6);
                bench.record((System.nanoTime() - start) / (double) STEPS);
                wrong += last == byConstant(STEPS) ? 0 : 1;
            } while (System.nanoTime() < end);
            bench.check("both ways divide alike", wrong == 0);
        };
    }

    private static final int STEPS = 100_000;

    private static long byConstant(int steps) {
        long x = Long.MAX_VALUE;
        for (int i = 0; i < steps; i++) {
            x = x / 7 + Long.MAX_VALUE / 2;
        }
        return x;
    }

    private static long byVariable(int steps, long divisor) {
        long x = Long.MAX_VALUE;
        for (int i = 0; i < steps; i++) {
            x = x / divisor + Long.MAX_VALUE / 2;
        }
        return x;
    }
}
