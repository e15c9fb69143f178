package dev.assay.lab;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One experiment on its way through a session: its evidence so far, what a block costs, and whether it is answered.
 * Mutable, owned by the session.
 */
final class Course {
    /** Fewer blocks give no bounded interval at 95 % (see {@code ConfidenceSequence}). */
    static final int LEAST_BLOCKS = 4;
    /** Enough for an answer that a reader believes, even when the effect is plain. */
    static final int GOOD_BLOCKS = 6;
    /** What a process costs beyond what it measures, until the first ones have shown it. */
    static final double GUESSED_OVERHEAD_SECONDS = 0.35;
    static final double GUESSED_OVERHEAD_OF_A_SUBJECT_SECONDS = 0.02;
    /** After so many failed trials in a row a variant is given up; after one that hung at once. */
    private static final int MOST_FAILURES = 2;
    private static final int RECENT_BLOCKS = 5;

    private final Experiment experiment;
    private final Card card;
    private final Settings settings;
    private final StoppingRule rule;
    private final List<Variant> givenUp = new ArrayList<>();
    private Evidence evidence;
    private final Deque<Double> recent = new ArrayDeque<>();
    private double seconds;
    private int disturbed;
    private boolean ended;

    Course(Experiment experiment, Card card, List<Variant> variants, Settings settings) {
        this(experiment, card, variants, settings, StoppingRule::effectsDecided);
    }

    Course(Experiment experiment, Card card, List<Variant> variants, Settings settings, StoppingRule rule) {
        this.rule = rule;
        this.experiment = experiment;
        this.card = card;
        this.settings = settings;
        this.evidence = new Evidence(card, variants, List.of());
    }

    Experiment experiment() {
        return experiment;
    }

    Card card() {
        return card;
    }

    Evidence evidence() {
        return evidence;
    }

    double seconds() {
        return seconds;
    }

    boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** The variants that still take part. */
    List<Variant> active() {
        return evidence.variants().stream().filter(v -> !givenUp.contains(v)).toList();
    }

    /** What to keep free for one more block: the longest of the last few. Before the first, the guess. */
    double secondsReserved(double trialScale) {
        return recent.stream().mapToDouble(Double::doubleValue).max().orElseGet(() -> secondsPerBlock(trialScale));
    }

    double secondsPerBlock(double trialScale) {
        int blocks = evidence.blocks().size();
        if (blocks > 0) {
            return seconds / blocks;
        }
        boolean own = evidence.variants().stream().allMatch(v -> v.program() instanceof Variant.Program.Own);
        double trial = card.trial().toNanos() / 1e9 * trialScale
                + (own ? GUESSED_OVERHEAD_OF_A_SUBJECT_SECONDS : GUESSED_OVERHEAD_SECONDS);
        return trial * evidence.variants().size();
    }

    /**
     * Takes a block in. A disturbed block is set aside while disturbances are the exception, at most one block in three, and the first two in
     * any case. Beyond that they are the normal state of this machine: repeating would only spend time, and a doubt says so instead. What
     * was measured plays no part.
     */
    Block take(Block block, Duration took) {
        seconds += took.toNanos() / 1e9;
        List<Doubt> disturbances = block.surroundings().disturbances();
        disturbed += disturbances.isEmpty() ? 0 : 1;
        boolean repeat = disturbed <= Math.max(2, (evidence.blocks().size() + 1) / 3);
        recent.addLast(took.toNanos() / 1e9);
        if (recent.size() > RECENT_BLOCKS) {
            recent.removeFirst();
        }
        Block taken = disturbances.isEmpty() || !repeat ? block : block.setAside(disturbances.getFirst().says());
        evidence = evidence.with(taken);
        for (Variant variant : active()) {
            // Another one that hangs would take as long again.
            boolean hung = block.trials().stream().anyMatch(
                    t -> t.variant().equals(variant.name()) && t.outcome() instanceof Trial.Outcome.Overran);
            if (hung || evidence.failuresInARow(variant) >= MOST_FAILURES) {
                givenUp.add(variant);
            }
        }
        return taken;
    }

    /** Whether nothing more can come of it: the baseline, or all but one variant, keep failing. */
    boolean hopeless() {
        return active().size() < 2;
    }

    /** Whether the evidence rests on enough blocks and the rule has enough of it. */
    boolean answered() {
        return evidence.counted().size() >= GOOD_BLOCKS && rule.answered(evidence, settings);
    }

    /**
     * What the evidence shows now. While there are not enough undisturbed blocks the disturbed ones count after all, every
     * one of them and whatever they show: an answer with a doubt is worth more than none.
     */
    Finding finding(List<Expectation> expectations, boolean cutShort) {
        Evidence shown = evidence.counted().size() < LEAST_BLOCKS ? evidence.takenBack() : evidence;
        Analysis analysis = new Analysis(shown, settings);
        List<Summary> summaries = analysis.summaries();
        List<Effect> effects = analysis.effects(seconds / Math.max(1, shown.blocks().size()));
        List<Doubt> doubts = Doubts.of(shown, cutShort);
        Finding.Status status = !summaries.isEmpty()
                ? Finding.Status.MEASURED
                : shown.blocks().isEmpty() ? Finding.Status.UNTESTABLE : Finding.Status.FAILED;
        Optional<String> reason = switch (status) {
            case MEASURED -> Optional.empty();
            case UNTESTABLE -> Optional.of("the session ended before its first block");
            case FAILED -> Optional.of(firstFailure());
        };
        return new Finding(card.id(), status, reason, seconds, summaries, effects, doubts, expectations, shown);
    }

    private String firstFailure() {
        for (Block block : evidence.blocks()) {
            for (Trial trial : block.trials()) {
                if (trial.failure().isPresent()) {
                    return String.format(Locale.ROOT, "trial %d (%s): %s", trial.number(), trial.variant(),
                            trial.failure().get());
                }
            }
        }
        return "no trial reported a value at the headline";
    }
}
