package dev.assay.decide;

import dev.assay.lab.Clocks;
import dev.assay.lab.Finding;
import dev.assay.lab.Session;
import dev.assay.lab.Settings;
import dev.assay.machine.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * Compares a program with itself and with itself made slower, through the very sessions that comparisons use, until its time
 * is up. The reader pulls one comparison at a time. The program is a counting loop of a shell, some 25 ms long; slow-downs
 * are more rounds of the loop.
 */
public final class Calibrator implements Iterator<Calibration.Trial>, AutoCloseable {
    /** Controls come as often as all slow-downs together, since false alarms are rare and the rate must be known well. */
    private static final List<Double> ROUND = List.of(0.0, 0.05, 0.0, 0.02, 0.0, 0.01, 0.0, 0.10);
    private static final Duration WANTED = Duration.ofMillis(25);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Machine machine;
    private final Duration budget;
    private final Duration each;
    private final double confidence;
    private final double threshold;
    private final Path keep;
    private final Random seeds;
    private final Clocks clocks;
    private final Clocks.Moment started;
    private final List<Calibration.Trial> trials = new ArrayList<>();
    private final long rounds;
    private final double shareOfLoop;
    private volatile Session running;
    private volatile boolean interrupted;

    /**
     * @param each time per comparison at most
     * @param keep a folder for crash reports
     */
    public Calibrator(Machine machine, Duration budget, Duration each, double confidence, double threshold, long seed,
            Path keep) {
        this(machine, budget, each, confidence, threshold, seed, keep, Clocks.system());
    }

    Calibrator(Machine machine, Duration budget, Duration each, double confidence, double threshold, long seed,
            Path keep, Clocks clocks) {
        this.clocks = clocks;
        this.started = clocks.now();
        if (each.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new DecideException("a comparison of the calibration takes at least 1 s, not " + each.toMillis()
                    + " ms; raise --each");
        }
        if (budget.compareTo(each.multipliedBy(ROUND.size())) < 0) {
            throw new DecideException("a calibration is at least " + ROUND.size() + " comparisons of " + each.toMillis()
                    + " ms; the budget of " + budget.toSeconds() + " s is shorter; raise --budget or lower --each");
        }
        this.machine = machine;
        this.budget = budget;
        this.each = each;
        this.confidence = confidence;
        this.threshold = threshold;
        this.keep = keep;
        this.seeds = new Random(seed);
        double empty = seconds(1);
        double guess = seconds(20_000);
        double perRound = Math.max(1e-9, (guess - empty) / 20_000);
        this.rounds = Math.max(1000, Math.round(WANTED.toNanos() / 1e9 / perRound));
        double whole = seconds(rounds);
        this.shareOfLoop = Math.clamp((whole - empty) / whole, 0.5, 1);
    }

    /** The least of a few runs: what the loop needs when nobody disturbs it. */
    private double seconds(long loops) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 7; i++) {
            Launch.End end = new Launch(
                    Launch.Program.quiet(CommandLineWords.of(loop(loops)), Path.of("").toAbsolutePath())).run(LIMIT);
            if (!(end instanceof Launch.End.Exited(long _, int exit, Duration wall, var _)) || exit != 0) {
                throw new DecideException(
                        "calibration needs a POSIX shell at /bin/sh that can count; it ended with " + end);
            }
            least = Math.min(least, wall.toNanos() / 1e9);
        }
        return least;
    }

    private static String loop(long loops) {
        return "i=0; while [ $i -lt " + loops + " ]; do i=$((i+1)); done";
    }

    @Override
    public boolean hasNext() {
        return !interrupted && elapsed().plus(each).compareTo(budget) <= 0;
    }

    @Override
    public Calibration.Trial next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the calibration's time is up");
        }
        double injected = ROUND.get(trials.size() % ROUND.size());
        CommandSettings commands = CommandSettings.usual(LIMIT);
        Pair pair = CommandPairs.of(loop(rounds), loop(Math.round(rounds * (1 + injected))), commands);
        Settings settings = new Settings(each, confidence, threshold, seeds.nextLong() >>> 1, false, false);
        try (Session session = new Session(machine, List.of(pair), settings, keep, new Comparer(1))) {
            running = session;
            while (session.hasNext() && !interrupted) {
                session.next();
            }
            Finding finding = session.run().findings().getFirst();
            double[] logs = finding.evidence().logRatios(Pair.B, Pair.A);
            double perBlock = finding.seconds() / Math.max(1, finding.evidence().blocks().size());
            Calibration.Trial trial = new Calibration.Trial(injected, 1 + injected * shareOfLoop,
                    java.util.Arrays.stream(logs).boxed().toList(), Math.max(1e-6, perBlock));
            if (!interrupted && logs.length > 0) {
                trials.add(trial);
            }
            return trial;
        } finally {
            running = null;
        }
    }

    /** Ends the running comparison; what was found so far stays. From any thread. */
    public void interrupt() {
        interrupted = true;
        Session session = running;
        if (session != null) {
            session.interrupt();
        }
    }

    public Duration elapsed() {
        return clocks.now().since(started);
    }

    /** All that is known so far. */
    public Calibration calibration() {
        return new Calibration(MachineName.of(machine), started.wall(), each.toNanos() / 1e9, confidence, threshold,
                trials);
    }

    @Override
    public void close() {
        interrupt();
    }
}
