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
    private final JmhHost host;
    private final JmhBenchmark benchmark;
    private final List<String> jvmOptions;
    private final TrialLength length;

    /**
     * @param jvmOptions added to those of the benchmark
     * @param length shared by both sides
     */
    JmhSubject(JmhHost host, JmhBenchmark benchmark, List<String> jvmOptions, TrialLength length) {
        this.host = host;
        this.benchmark = benchmark;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.length = length;
    }

    /** What a user would type for such a fork. */
    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(host.java().toString(), "-jar", host.jar().toString()));
        words.addAll(options(length.longest()));
        return words;
    }

    private List<String> options(Duration time) {
        List<String> words = new ArrayList<>(List.of(
                "^" + benchmark.name().replace("$", "\\$").replace(".", "\\.") + "$", "-bm", benchmark.mode(), "-f",
                "1",
                "-wf", "0", "-foe", "true"));
        if (!benchmark.singleShot()) {
            words.addAll(List.of("-wi", "0", "-i", String.valueOf(TrialLength.ITERATIONS), "-r",
                    Math.max(1, time.toMillis() / TrialLength.ITERATIONS) + "ms"));
        }
        benchmark.parameters().forEach((name, value) -> words.addAll(List.of("-p", name + "=" + value)));
        // Without this the fork would inherit the host's own options.
        List<String> options = new ArrayList<>(List.of("-Dassay.trial=true"));
        options.addAll(benchmark.jvmOptions());
        options.addAll(jvmOptions);
        // JMH splits them at blanks that no quotes hold together.
        words.addAll(List.of("-jvmArgs",
                String.join(" ", options.stream().map(o -> o.contains(" ") ? '"' + o + '"' : o).toList())));
        return words;
    }

    @Override
    public Duration elsewhere() {
        return host.processorTime();
    }

    @Override
    public Attempt attempt(Task task) {
        Path result = task.desk().resolve("result.json");
        Path out = task.desk().resolve("out");
        List<String> options = new ArrayList<>(options(length.ofBlock(task.seed())));
        options.addAll(List.of("-rf", "json", "-rff", result.toString()));
        return new Attempt() {
            private volatile boolean ended;

            @Override
            public Ended run() {
                if (ended) {
                    return new Ended(0, Duration.ZERO, new Outcome.Unstarted("ended before it began"));
                }
                Duration limit = task.within(task.limit());
                long start = System.nanoTime();
                JmhHost.Answer answer = host.run(options, out, limit);
                Duration wall = Duration.ofNanos(System.nanoTime() - start);
                return new Ended(host.pid(), wall, outcome(answer, task, limit, wall, result, out));
            }

            @Override
            public void end() {
                ended = true;
                host.end();
            }
        };
    }

    private Outcome outcome(JmhHost.Answer answer, Task task, Duration limit, Duration wall, Path result,
            Path out) {
        return switch (answer) {
            case JmhHost.Answer.Overran _ -> new Outcome.Overran(limit, CommandSubject.lastLines(out));
            case JmhHost.Answer.Refused(String reason) -> new Outcome.Unstarted(reason);
            case JmhHost.Answer.Failed(List<String> lines) ->
                new Outcome.Crashed(1, complaint(out, lines), Optional.empty());
            case JmhHost.Answer.Done _ when !Files.exists(result) ->
                new Outcome.Crashed(0, complaint(out, List.of()), Optional.empty());
            case JmhHost.Answer.Done _ -> read(result, task.seed(), wall);
        };
    }

    /** What JMH printed, the exception last, where readers look. */
    private static List<String> complaint(Path out, List<String> ofHost) {
        List<String> lines = new ArrayList<>(CommandSubject.lastLines(out));
        lines.addAll(ofHost);
        lines.stream().filter(line -> line.matches("([\\w.$]+\\.)?\\w*(Exception|Error)(:.*)?")).findFirst()
                .ifPresent(lines::addLast);
        return lines.isEmpty() ? List.of("it ended without a result") : lines;
    }

    private Outcome read(Path result, long block, Duration wall) {
        JmhResult read = JmhResult.read(result);
        List<Double> values = read.iterations();
        boolean usable = !values.isEmpty() && values.stream().allMatch(v -> Double.isFinite(v) && v > 0);
        if (usable) {
            length.saw(block, values);
        }
        Observation observation = new Observation(usable ? Map.of(Point.NONE, values) : Map.of(), Map.of(),
                List.of(new Observation.Check("every iteration gives a number above 0", usable)), List.of(),
                wall.toNanos());
        return usable
                ? new Outcome.Measured(observation)
                : new Outcome.Broken("every iteration gives a number above 0; they gave " + values, observation);
    }
}
