package dev.assay.lab;

import dev.assay.machine.Machine;
import dev.assay.machine.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs the trials of one block after the other and watches the machine meanwhile. Used by one session, one thread. */
final class BlockRunner implements AutoCloseable {
    /** What came of a block, and the time that it took, the laboratory's own included. */
    record Done(Block block, Duration took) {}

    private final Machine machine;
    private final Settings settings;
    private final double trialScale;
    private final Path keep;
    private final Clocks clocks;
    private final Supplier<Duration> longestTrial;
    private final Path desks;
    private final Presence presence;
    private final Random random;
    private int trialsStarted;
    private Course course;
    private List<Variant> waiting = new ArrayList<>();
    private final List<Trial> trials = new ArrayList<>();
    private Surroundings surroundings = Surroundings.unseen();
    private long blockSeed;
    private Clocks.Moment blockStarted;
    private boolean duet;
    private volatile List<RunningTrial> running = List.of();
    private volatile boolean interrupted;

    /** @param longestTrial what a trial that begins now may take at most, hanging or not */
    BlockRunner(Machine machine, Settings settings, double trialScale, Path keep, Clocks clocks,
            Supplier<Duration> longestTrial) {
        this.clocks = clocks;
        this.longestTrial = longestTrial;
        this.machine = machine;
        this.settings = settings;
        this.trialScale = trialScale;
        this.keep = keep;
        this.random = new Random(settings.seed());
        this.presence = Presence.enter();
        try {
            this.desks = Files.createTempDirectory("assay-");
        } catch (IOException e) {
            throw new LabException.Archive("no temporary folder can be made in " + System.getProperty("java.io.tmpdir")
                    + ": " + e.getMessage() + "; free space or set java.io.tmpdir", e);
        }
    }

    /** Whether no other laboratory works on this machine. */
    boolean alone() {
        return presence.alone();
    }

    int blockNumber() {
        return course.evidence().blocks().size() + 1;
    }

    void begin(Course next) {
        course = next;
        waiting = new ArrayList<>(course.active());
        trials.clear();
        surroundings = Surroundings.unseen();
        blockSeed = random.nextLong();
        Collections.shuffle(waiting, new Random(blockSeed));
        boolean placeable = waiting.stream().noneMatch(v -> v.program() instanceof Variant.Program.Own);
        duet = settings.duet() && placeable && machine.topology().allowedProcessors().size() >= waiting.size();
        blockStarted = clocks.now();
    }

    boolean hasTrial() {
        return !waiting.isEmpty();
    }

    /** Leaves out the trials of this block that did not run yet. */
    void skipRest() {
        waiting.clear();
    }

    /** Runs the next trial, or in a duet all of them. */
    List<Trial> runTrial() {
        List<Variant> now = duet ? List.copyOf(waiting) : List.of(waiting.getFirst());
        waiting.removeAll(now);
        List<Integer> processors = machine.topology().allowedProcessors();
        Duration elsewhere = elsewhere(now);
        Watch watch = Watch.begin();
        List<RunningTrial> started = new ArrayList<>();
        List<Path> used = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            int number = ++trialsStarted;
            Path desk = desk(number);
            used.add(desk);
            List<Integer> own = duet ? share(processors, i, now.size()) : processors;
            started.add(start(number, now.get(i), desk, own));
        }
        running = List.copyOf(started);
        if (interrupted) {
            started.forEach(RunningTrial::end);
        }
        List<Trial> ended = started.stream().map(process -> process.await(keep)).toList();
        running = List.of();
        surroundings = surroundings.worst(watch.end(elsewhere(now).minus(elsewhere)));
        used.forEach(BlockRunner::clear);
        trials.addAll(ended);
        return ended;
    }

    private static Duration elsewhere(List<Variant> variants) {
        return variants.stream().map(Variant::program)
                .map(program -> program instanceof Variant.Program.Own(Subject subject)
                        ? subject.elsewhere()
                        : Duration.ZERO)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private RunningTrial start(int number, Variant variant, Path desk, List<Integer> processors) {
        Duration time = Duration.ofNanos((long) (course.card().trial().toNanos() * trialScale));
        return switch (variant.program()) {
            case Variant.Program.Own(Subject subject) -> new SubjectTrial(number, variant.name(),
                    subject.attempt(new Subject.Task(desk, blockSeed, time, limit(time), longestTrial.get())));
            case Variant.Program.Command(List<String> words) ->
                TrialProcess.start(number, variant.name(), words, desk, bounded(limit(time)),
                        placed(Placement.ANYWHERE, processors));
            case Variant.Program.Jvm(List<String> options, Placement wanted) -> {
                Placement placement = placed(wanted, processors);
                List<Integer> usable = placement.processors().map(b -> b.stream().boxed().toList()).orElse(processors);
                Order order = new Order(course.experiment().getClass().getName(), variant.parameters(), blockSeed, time,
                        preferred(usable), placement.lockMemory());
                List<String> command = TrialJvm.command(settings.platform(), course.card().jvmOptions(), options, order,
                        desk);
                yield TrialProcess.start(number, variant.name(), command, desk, bounded(limit(time)), placement);
            }
        };
    }

    /** In a duet each process is held to its own processors; else a variant's own wish holds. */
    private Placement placed(Placement wanted, List<Integer> processors) {
        if (!duet) {
            return wanted;
        }
        BitSet own = new BitSet();
        processors.forEach(own::set);
        return new Placement(Optional.of(own), wanted.numa(), wanted.scheduling(), wanted.lockMemory());
    }

    /** A trial that takes much longer than it was told to hangs; slow machines and emulators get their allowance. */
    private Duration limit(Duration time) {
        Duration limit = time.multipliedBy(8).plusSeconds(20);
        return settings.platform().emulated() ? limit.multipliedBy(5) : limit;
    }

    private Duration bounded(Duration limit) {
        Duration most = longestTrial.get();
        return limit.compareTo(most) < 0 ? limit : most;
    }

    /** The first processor takes most interrupts, so the last ones are preferred. */
    private static List<Integer> preferred(List<Integer> processors) {
        return processors.stream().sorted(Comparator.reverseOrder()).toList();
    }

    /** Which processors the i-th of n trials gets in a duet; the order of trials, drawn anew per block, decides who. */
    private static List<Integer> share(List<Integer> processors, int i, int n) {
        int each = processors.size() / n;
        return processors.subList(i * each, (i + 1) * each);
    }

    private Path desk(int number) {
        try {
            return Files.createDirectory(desks.resolve("trial-" + number));
        } catch (IOException e) {
            throw new LabException.Archive("no folder for trial " + number + " can be made in " + desks, e);
        }
    }

    static void clear(Path folder) {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A trial's child may still write into it; the operating system clears its temporary folder in time.
        }
    }

    Done finish() {
        Duration took = clocks.now().since(blockStarted);
        return new Done(new Block(blockNumber(), blockSeed, duet, trials, surroundings, Optional.empty()), took);
    }

    /** From any thread. */
    void interrupt() {
        interrupted = true;
        running.forEach(RunningTrial::end);
    }

    @Override
    public void close() {
        running.forEach(RunningTrial::end);
        clear(desks);
        presence.close();
    }
}
