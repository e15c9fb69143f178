package dev.assay.experiments;

import dev.assay.lab.Bench;
import dev.assay.lab.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * JMH inside a trial: its blackholes, loops and states, without its forks, since the trial is the fork, and without its
 * warm-up, since the laboratory detects that in the iterations.
 */
final class Jmh {
    /** Short iterations show where the warm-up ends; 20 ms are a thousand times the cost of JMH's own stop flag. */
    private static final Duration ITERATION = Duration.ofMillis(20);
    /** Enough iterations to see a steady state after the compilers are done. */
    private static final int LEAST_ITERATIONS = 10;

    /**
     * The options that JMH gives its forks, for trials that are not its forks: results are swallowed by the compiler's own
     * blackhole and measuring loops are compiled on their own. A method waits for its compilation, since where every
     * processor has a measured thread the compiler would otherwise wait for a processor. JMH does not look for others of
     * its kind, since the laboratory watches the machine itself, and a duet runs two at once.
     */
    static final String[] OPTIONS = {"-Djmh.ignoreLock=true", "-XX:-BackgroundCompilation", "-XX:CompileCommand=quiet",
        "-XX:CompileCommand=dontinline,*.*_jmhStub",
        "-XX:+UnlockExperimentalVMOptions", "-DcompilerBlackholesEnabled=true",
        "-XX:CompileCommand=blackhole,org.openjdk.jmh.infra.Blackhole::consumeCompiler"};

    /** What JMH took in this trial beyond the time that it was given: its start, and threads that were late. */
    private static long overheadNanos;

    private final Bench bench;
    private final Class<?> benchmarks;
    private final Map<String, String> parameters;

    private Jmh(Bench bench, Class<?> benchmarks, Map<String, String> parameters) {
        this.bench = bench;
        this.benchmarks = benchmarks;
        this.parameters = parameters;
    }

    /** @param benchmarks the class with the measured methods */
    static Jmh of(Bench bench, Class<?> benchmarks) {
        return new Jmh(bench, benchmarks, Map.of());
    }

    /** With values for the {@code @Param} fields of the state. */
    Jmh with(Map<String, String> values) {
        return new Jmh(bench, benchmarks, values);
    }

    /**
     * Measures one method and records the time per operation, in nanoseconds, of each iteration.
     *
     * @param share of the trial's time
     * @return how often the method was called, the calls outside the timed ones included
     */
    long measure(Point at, String method, int threads, double share) {
        long began = System.nanoTime();
        Pinned.processors(bench.processors());
        Duration time = bench.time().multipliedBy((long) (share * 1000)).dividedBy(1000);
        int iterations = Math.max(LEAST_ITERATIONS, (int) (time.toNanos() / ITERATION.toNanos()));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmarks.getCanonicalName().replace(".", "\\.") + "\\." + method + "$").forks(0)
                .warmupIterations(0).measurementIterations(iterations)
                .measurementTime(TimeValue.nanoseconds(time.toNanos() / iterations)).mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS).threads(threads).shouldFailOnError(true).shouldDoGC(false)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach((name, value) -> options.param(name, value));
        Collection<RunResult> results;
        try {
            results = new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not run " + benchmarks.getSimpleName() + "." + method + ": "
                    + e.getMessage(), e);
        }
        List<Double> scores = new ArrayList<>();
        long operations = 0;
        for (RunResult result : results) {
            for (BenchmarkResult benchmark : result.getBenchmarkResults()) {
                for (IterationResult iteration : benchmark.getIterationResults()) {
                    scores.add(iteration.getPrimaryResult().getScore());
                    operations += iteration.getMetadata().getAllOps();
                }
            }
        }
        bench.record(at, scores.stream().mapToDouble(Double::doubleValue).toArray());
        Pinned.report(bench);
        overheadNanos += System.nanoTime() - began - time.toNanos();
        bench.figure("harnessMillis", overheadNanos / 1e6);
        return operations;
    }
}
