package dev.assay.lab;

import dev.assay.machine.Machine;
import dev.assay.machine.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/**
 * Conducts experiments on this machine within a budget, as a sequence of {@link Step}s that the reader pulls; asking for
 * the next step runs the next trial. After any step {@link #run()} is all that is known so far.
 *
 * <p>
 * Blocks of different experiments alternate, the one with the fewest blocks first, so that each is spread over the whole
 * session and none is starved. An experiment ends when all its effects have a verdict, when its trials keep failing, or
 * when the budget ends. A block begins only if the longest of the last ones would still fit; a trial that hangs is ended when the budget and a
 * grace (a fifth of it, 2 s at least, 20 s at most) are over, if not before. To be used by one thread; only {@link #interrupt()} may come from another.
 */
public final class Session implements Iterator<Step>, AutoCloseable {
    /** The class files of trials are of this version. */
    private static final int TRIALS_NEED_JAVA = 25;
    /** A trial that is on its way when the budget ends may go on for this part of the budget, within these bounds. */
    private static final int GRACE_SHARE = 5;
    private static final Duration LEAST_GRACE = Duration.ofSeconds(2);
    private static final Duration MOST_GRACE = Duration.ofSeconds(20);

    private final Machine machine;
    private final Settings settings;
    private final Clocks clocks;
    private final Clocks.Moment started;
    private final String id;
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Plan plan;
    private final BlockRunner runner;
    private final Queue<Step> ready = new ArrayDeque<>();
    private final List<Doubt> doubts;
    private Course current;
    private volatile boolean interrupted;

    /**
     * @param experiments in the order in which they are to be reported; those whose requirements do not hold become
     *        untestable
     * @param keep a folder for crash reports
     * @throws LabException.Usage when the budget does not allow even one of them, or the platform cannot run trials
     */
    public Session(Machine machine, List<Experiment> experiments, Settings settings, Path keep) {
        this(machine, experiments, settings, keep, StoppingRule::effectsDecided);
    }

    /** As above, with a rule of its own for when an experiment has been answered. */
    public Session(Machine machine, List<Experiment> experiments, Settings settings, Path keep, StoppingRule rule) {
        this(machine, experiments, settings, keep, rule, Clocks.system());
    }

    Session(Machine machine, List<Experiment> experiments, Settings settings, Path keep, StoppingRule rule,
            Clocks clocks) {
        checkPlatform(settings.platform());
        this.clocks = clocks;
        this.started = clocks.now();
        this.machine = machine;
        this.settings = settings;
        this.id = RunStore.newId(started.wall());
        List<Course> courses = new ArrayList<>();
        for (Experiment experiment : experiments) {
            Card card = experiment.card();
            findings.put(card.id(), null);
            Optional<String> missing = card.requirements().stream().map(r -> r.missing().apply(machine))
                    .flatMap(Optional::stream).findFirst();
            if (missing.isPresent()) {
                findings.put(card.id(), untestable(experiment, missing.get()));
            } else {
                List<Variant> variants = settings.control()
                        ? Control.twins(experiment, machine)
                        : experiment.variants(machine);
                courses.add(new Course(experiment, card, variants, settings, rule));
            }
        }
        this.plan = Plan.of(courses, settings.budget().toNanos() / 1e9);
        for (Course course : plan.cut()) {
            findings.put(course.card().id(), untestable(course.experiment(),
                    "cut: the budget of " + settings.budget().toSeconds()
                            + " s was spent on the experiments before it; "
                            + "raise --budget or ask for fewer"));
        }
        this.runner = new BlockRunner(machine, settings, plan.trialScale(), keep, clocks, this::longestTrial);
        this.doubts = RunDoubts.of(machine, settings, plan, runner.alone());
    }

    private static void checkPlatform(Platform platform) {
        platform.flaws(TRIALS_NEED_JAVA).stream().findFirst().ifPresent(flaw -> {
            throw new LabException.Usage("trials cannot run on this platform: " + flaw.says() + "; " + flaw.remedy());
        });
    }

    private Finding untestable(Experiment experiment, String reason) {
        Evidence none = new Evidence(experiment.card(), List.of(), List.of());
        return new Finding(experiment.card().id(), Finding.Status.UNTESTABLE, Optional.of(reason), 0, List.of(),
                List.of(), List.of(), List.of(), none);
    }

    /** Names the run. */
    public String id() {
        return id;
    }

    /** Ends the running trial and lets the session come to its end; what was measured stays. From any thread. */
    public void interrupt() {
        interrupted = true;
        runner.interrupt();
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || current != null || !open().isEmpty();
    }

    @Override
    public Step next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the session has ended");
        }
        while (ready.isEmpty()) {
            work();
        }
        return ready.remove();
    }

    private List<Course> open() {
        return plan.taken().stream().filter(c -> !c.ended()).toList();
    }

    private void work() {
        if (current == null) {
            Optional<Course> chosen = choose();
            if (chosen.isEmpty()) {
                open().forEach(this::end);
                return;
            }
            current = chosen.get();
            runner.begin(current);
        }
        if (!interrupted && runner.hasTrial()) {
            for (Trial trial : runner.runTrial()) {
                if (interrupted) {
                    break; // ended by us, or by the same Ctrl-C that ended us: it says nothing about the variant
                }
                ready.add(
                        new Step.TrialEnded(current.card().id(), runner.blockNumber(), trial.number(), trial, pace()));
                if (trial.outcome() instanceof Trial.Outcome.Overran && secondsLeft() < 0) {
                    runner.skipRest(); // it used up the time of the others
                }
            }
            return;
        }
        finishBlock();
    }

    private void finishBlock() {
        Course course = current;
        current = null;
        BlockRunner.Done done = runner.finish();
        if (interrupted) {
            open().forEach(this::end);
            return;
        }
        Block block = course.take(done.block(), done.took());
        ready.add(new Step.BlockEnded(course.card().id(), block, pace()));
        if (course.hopeless() || course.answered()) {
            end(course);
        }
    }

    private void end(Course course) {
        course.end();
        Finding finding = course.finding(course.experiment().expectations(machine), interrupted);
        findings.put(course.card().id(), finding);
        ready.add(new Step.ExperimentEnded(finding, pace()));
    }

    private Optional<Course> choose() {
        if (interrupted) {
            return Optional.empty();
        }
        double left = secondsLeft();
        return open().stream().filter(c -> c.secondsReserved(plan.trialScale()) <= left)
                .min(Comparator.comparingInt(c -> c.evidence().counted().size()));
    }

    private double secondsLeft() {
        return settings.budget().toNanos() / 1e9 - elapsed().toNanos() / 1e9;
    }

    private Duration elapsed() {
        return clocks.now().since(started);
    }

    /** What is left of the budget, and the grace: a trial that hangs is ended then at the latest. */
    Duration longestTrial() {
        Duration budget = settings.budget();
        Duration grace = budget.dividedBy(GRACE_SHARE);
        grace = grace.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : grace.compareTo(MOST_GRACE) > 0 ? MOST_GRACE : grace;
        Duration left = budget.minus(elapsed());
        return left.isNegative() ? grace : left.plus(grace);
    }

    private Step.Pace pace() {
        // Until every experiment has enough blocks to be answered, the budget is the best forecast.
        double wanted = open().stream().mapToDouble(c -> c.secondsPerBlock(plan.trialScale())
                * Math.max(1, Course.GOOD_BLOCKS - c.evidence().counted().size())).sum();
        boolean undecided = open().stream().anyMatch(c -> c.evidence().counted().size() >= Course.GOOD_BLOCKS);
        double remaining = undecided ? secondsLeft() : Math.min(wanted, secondsLeft());
        return new Step.Pace(elapsed(), Duration.ofMillis((long) (1000 * Math.max(0, remaining))));
    }

    /** All that is known so far; complete once there is no next step. */
    public Run run() {
        List<Finding> all = new ArrayList<>();
        for (Map.Entry<String, Finding> entry : findings.entrySet()) {
            if (entry.getValue() != null) {
                all.add(entry.getValue());
            } else {
                plan.taken().stream().filter(c -> c.card().id().equals(entry.getKey()))
                        .forEach(c -> all.add(c.finding(c.experiment().expectations(machine), true)));
            }
        }
        Clocks.Moment now = clocks.now();
        Run run = new Run(id, started.wall(), now.since(started).toNanos() / 1e9, settings, machine.sheet(), all,
                doubts);
        return now.setSince(started).map(run::with).orElse(run);
    }

    @Override
    public void close() {
        runner.close();
    }
}
