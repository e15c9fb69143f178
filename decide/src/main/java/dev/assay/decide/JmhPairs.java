package dev.assay.decide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The benchmarks that two jars share, and those that only one has.
 *
 * @param shared one pair each
 * @param onlyA titles of those that only the first jar has
 * @param onlyB likewise for the second
 * @param hosts that conduct their forks; they end with this
 */
public record JmhPairs(List<Pair> shared, List<String> onlyA, List<String> onlyB, List<JmhHost> hosts)
        implements
            AutoCloseable {
    public JmhPairs {
        shared = List.copyOf(shared);
        onlyA = List.copyOf(onlyA);
        onlyB = List.copyOf(onlyB);
        hosts = List.copyOf(hosts);
    }

    /** A guess of what a fork needs to start, for planning. */
    private static final Duration START = Duration.ofMillis(300);

    /**
     * One side.
     *
     * @param java the program that runs it
     * @param options for its forks, beyond the benchmark's own
     */
    public record Side(Path jar, Path java, List<String> options) {}

    /**
     * @param pattern found in the full name, as JMH does
     * @param trial how long one fork measures
     * @throws DecideException when a jar is none of JMH, or they share no benchmark that fits
     */
    public static JmhPairs of(Side a, Side b, String pattern, Duration trial) {
        JmhJar jarA = JmhJar.read(a.jar(), pattern);
        JmhJar jarB = JmhJar.read(b.jar(), pattern);
        JmhHost hostA = new JmhHost(a.java(), jarA.file());
        JmhHost hostB = new JmhHost(b.java(), jarB.file());
        List<Pair> shared = new ArrayList<>();
        List<String> onlyA = new ArrayList<>();
        for (String title : jarA.benchmarks().keySet()) {
            if (jarB.benchmarks().containsKey(title)) {
                JmhBenchmark one = jarA.benchmarks().get(title);
                TrialLength length = new TrialLength(trial);
                JmhBenchmark other = jarB.benchmarks().get(title);
                shared.add(new Pair(Pair.id(title, shared.size() + 1), title, one.metric(),
                        new JmhSubject(hostA, one, a.options(), length),
                        new JmhSubject(hostB, other, b.options(), length), trial.plus(START)));
            } else {
                onlyA.add(title);
            }
        }
        List<String> onlyB = jarB.benchmarks().keySet().stream().filter(t -> !jarA.benchmarks().containsKey(t))
                .toList();
        if (shared.isEmpty()) {
            throw new DecideException(
                    "the two jars share no benchmark" + (pattern.isEmpty() ? "" : " that fits '" + pattern + "'")
                            + "; only " + a.jar() + ": " + some(onlyA) + "; only " + b.jar() + ": " + some(onlyB)
                            + ". Benchmarks are the same when full name, mode and parameters are");
        }
        return new JmhPairs(shared, onlyA, onlyB, List.of(hostA, hostB));
    }

    @Override
    public void close() {
        hosts.forEach(JmhHost::close);
    }

    private static String some(List<String> titles) {
        return titles.isEmpty() ? "none" : String.join(", ", titles.subList(0, Math.min(3, titles.size())));
    }
}
