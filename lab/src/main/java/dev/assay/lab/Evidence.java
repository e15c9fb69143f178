package dev.assay.lab;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * All blocks of an experiment on a machine, those set aside included.
 *
 * @param variants the baseline first
 * @param blocks in the order in which they ran
 */
public record Evidence(Card card, List<Variant> variants, List<Block> blocks) {
    public Evidence {
        variants = List.copyOf(variants);
        blocks = List.copyOf(blocks);
    }

    Evidence with(Block block) {
        List<Block> more = new ArrayList<>(blocks);
        more.add(block);
        return new Evidence(card, variants, more);
    }

    /** With no block set aside. */
    Evidence takenBack() {
        return new Evidence(card, variants, blocks.stream().map(Block::takenBack).toList());
    }

    /** Blocks that count. */
    public List<Block> counted() {
        return blocks.stream().filter(Block::counts).toList();
    }

    /**
     * The log ratios of two variants at the headline, one per block that counts and has both; above 0 the variant is
     * slower than its rival, whichever way of the metric is good.
     */
    public double[] logRatios(String variant, String against) {
        return logRatios(variant, against, card.headline());
    }

    /** As above, at another point. */
    public double[] logRatios(String variant, String against, Point at) {
        return Analysis.logRatios(this, variant, against, at);
    }

    /** Differences within blocks, variant less its rival, in the metric's unit; one per block that counts and has both. */
    public double[] differences(String variant, String against, Point at) {
        return counted().stream().flatMap(block -> block.of(variant).map(o -> Analysis.valueOf(o, at))
                .filter(OptionalDouble::isPresent)
                .flatMap(one -> block.of(against).map(o -> Analysis.valueOf(o, at)).filter(OptionalDouble::isPresent)
                        .map(other -> one.getAsDouble() - other.getAsDouble()))
                .stream()).mapToDouble(Double::doubleValue).toArray();
    }

    /** The value of every process of a variant that counts, in the order in which they ran. */
    public double[] values(String variant, Point at) {
        return counted().stream().flatMap(block -> block.of(variant).stream()).map(o -> Analysis.valueOf(o, at))
                .filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).toArray();
    }

    /** The blocks' ratios of a further figure of the observations, such as {@code userSeconds}, as natural logs. */
    public double[] logRatiosOfFigure(String variant, String against, String figure) {
        return counted().stream().flatMap(block -> block.of(variant).map(o -> o.figures().get(figure))
                .flatMap(one -> block.of(against).map(o -> o.figures().get(figure))
                        .filter(other -> one > 0 && other > 0).map(other -> Math.log(one / other)))
                .stream()).mapToDouble(Double::doubleValue).toArray();
    }

    public int discarded() {
        return blocks.size() - counted().size();
    }

    Variant baseline() {
        return variants.getFirst();
    }

    /** With whom a variant is compared; empty for the baseline, and in a control for the first of each pair of twins. */
    Optional<String> rival(Variant variant) {
        if (variant.against().isPresent()) {
            return variant.against();
        }
        boolean control = variants.stream().anyMatch(v -> v.against().filter(variant.name()::equals).isPresent());
        return control || variant.equals(baseline()) ? Optional.empty() : Optional.of(baseline().name());
    }

    /** All points at which any counted trial reports values, in order of appearance. */
    public Set<Point> points() {
        Set<Point> points = new LinkedHashSet<>();
        for (Block block : counted()) {
            for (Trial trial : block.trials()) {
                trial.observation().ifPresent(o -> points.addAll(o.values().keySet()));
            }
        }
        return points;
    }

    /** How many trials in a row, up to the last one, a variant has failed; blocks set aside for noise included. */
    int failuresInARow(Variant variant) {
        int failures = 0;
        for (Block block : blocks.reversed()) {
            for (Trial trial : block.trials()) {
                if (trial.variant().equals(variant.name())) {
                    if (trial.failure().isEmpty()) {
                        return failures;
                    }
                    failures++;
                }
            }
        }
        return failures;
    }
}
