package dev.assay.decide;

import dev.assay.lab.Observation;
import dev.assay.lab.Point;
import dev.assay.lab.Subject;
import dev.assay.lab.Trial.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A benchmark of a jar as a subject: one trial is one fork, conducted by the JMH within the jar, which therefore honours what
 * the benchmark's annotations say about threads, groups, batches and its own JVM. Warm-up is not asked for: short iterations
 * are kept in order, and the laboratory finds where they settle. A single shot keeps the iterations that it is annotated with.
 */
final class JmhSubject implements Subject {
    /** Of a trial. */
    private static final int ITERATIONS = 16;
    private static final Path NOWHERE = Path.of("/dev/null");

    private final Path java;
    private final Path jar;
    private final JmhBenchmark benchmark;
    private final List<String> jvmOptions;
    private final Duration trial;

    /**
     * @param jvmOptions added to those of the benchmark
     * @param trial how long a fork measures
     */
    JmhSubject(Path java, Path jar, JmhBenchmark benchmark, List<String> jvmOptions, Duration trial) {
        this.java = java;
        this.jar = jar;
        this.benchmark = benchmark;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.trial = trial;
    }

    @Override
    public List<String> words() {
        return command(Path.of("result.json"), trial);
    }

    private List<String> command(Path result, Duration time) {
        List<String> words = new ArrayList<>(List.of(java.toString(),
                // The host only waits for its fork: it should start fast and stay out of the way.
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djmh.ignoreLock=true", "-jar",
                jar.toString(), "^" + benchmark.name().replace("$", "\\$").replace(".", "\\.") + "$", "-bm",
                benchmark.mode(), "-f", "1", "-wf", "0", "-foe", "true", "-rf", "json", "-rff", result.toString()));
        if (!benchmark.singleShot()) {
            words.addAll(List.of("-wi", "0", "-i", String.valueOf(ITERATIONS), "-r",
                    Math.max(1, time.toMillis() / ITERATIONS) + "ms"));
        }
        benchmark.parameters().forEach((name, value) -> words.addAll(List.of("-p", name + "=" + value)));
        // Without this the fork would inherit the host's own options.
        List<String> options = new ArrayList<>(List.of("-Dassay.trial=true"));
        options.addAll(benchmark.jvmOptions());
        options.addAll(jvmOptions);
        words.addAll(List.of("-jvmArgs", String.join(" ", options)));
        return words;
    }

    @Override
    public Attempt attempt(Task task) {
        Path desk = task.desk();
        Path result = desk.resolve("result.json");
        Path out = desk.resolve("out");
        Launch launch = new Launch(new Launch.Program(command(result, trial),
                Map.of("JAVA_TOOL_OPTIONS", "", "JDK_JAVA_OPTIONS", ""), desk, NOWHERE, out, desk.resolve("err")));
        return new Attempt() {
            @Override
            public Ended run() {
                return ended(launch.run(task.limit()), task.limit(), result, out, desk.resolve("err"));
            }

            @Override
            public void end() {
                launch.end();
            }
        };
    }

    private Ended ended(Launch.End end, Duration limit, Path result, Path out, Path err) {
        return switch (end) {
            case Launch.End.Overran(long pid) ->
                new Ended(pid, limit, new Outcome.Overran(limit, CommandSubject.lastLines(out)));
            case Launch.End.Refused(String reason) -> new Ended(0, Duration.ZERO, new Outcome.Unstarted(reason));
            case Launch.End.Exited(long pid, int exit, Duration wall, var _) when exit != 0 || !Files.exists(result) ->
                new Ended(pid, wall, new Outcome.Crashed(exit, complaint(out, err), Optional.empty()));
            case Launch.End.Exited(long pid, int _, Duration wall, var _) ->
                new Ended(pid, wall, read(result, wall));
        };
    }

    /** What JMH printed, the exception last, where readers look. */
    private static List<String> complaint(Path out, Path err) {
        List<String> lines = new ArrayList<>(CommandSubject.lastLines(out));
        lines.addAll(CommandSubject.lastLines(err));
        lines.stream().filter(line -> line.matches("([\\w.$]+\\.)?\\w*(Exception|Error)(:.*)?")).findFirst()
                .ifPresent(lines::addLast);
        return lines.isEmpty() ? List.of("it ended without a result") : lines;
    }

    private Outcome read(Path result, Duration wall) {
        JmhResult read = JmhResult.read(result);
        List<Double> values = read.iterations();
        boolean usable = !values.isEmpty() && values.stream().allMatch(v -> Double.isFinite(v) && v > 0);
        Observation observation = new Observation(usable ? Map.of(Point.NONE, values) : Map.of(), Map.of(),
                List.of(new Observation.Check("every iteration gives a number above 0", usable)), List.of(),
                wall.toNanos());
        return usable
                ? new Outcome.Measured(observation)
                : new Outcome.Broken("every iteration gives a number above 0; they gave " + values, observation);
    }
}
