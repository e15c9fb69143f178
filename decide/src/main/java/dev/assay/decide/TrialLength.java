package dev.assay.decide;

import dev.assay.statistics.Sample;
import dev.assay.statistics.SteadyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the forks of a pair measure, the same for both sides of a block. The first block takes the whole time. While both sides of a block
 * settle, the next takes half: what varies is processes far more than iterations, so twice as many short forks tell more
 * than long ones. What was measured decides on later blocks only, and for both sides alike, so it favours none.
 */
final class TrialLength {
    /** Of a trial. */
    static final int ITERATIONS = 16;
    /** Of what counts as settled, as the laboratory has it. */
    private static final double TOLERATED_DRIFT = 0.02;

    private final Duration longest;
    private final List<Boolean> settled = new ArrayList<>();
    private long block;
    private boolean begun;
    private boolean half;

    TrialLength(Duration longest) {
        this.longest = longest;
    }

    Duration longest() {
        return longest;
    }

    /** @param seed of the block, the same for both sides */
    Duration ofBlock(long seed) {
        if (!begun || seed != block) {
            if (settled.size() == 2) {
                half = !settled.contains(false);
            }
            settled.clear();
            block = seed;
            begun = true;
        }
        return half ? longest.dividedBy(2) : longest;
    }

    /** What one side of the block measured, one value per iteration. */
    void saw(long seed, List<Double> iterations) {
        if (seed != block || iterations.size() < SteadyState.LEAST) {
            return;
        }
        Sample all = Sample.of(iterations.stream().mapToDouble(Double::doubleValue).toArray());
        settled.add(SteadyState.detect(all, TOLERATED_DRIFT) instanceof SteadyState.Reached);
    }
}
