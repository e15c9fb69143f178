package dev.assay.decide;

import dev.assay.lab.Metric;
import dev.assay.machine.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a claim says of programs of the user's: {@code ab: { a: ./old, b: ./new }}, with the options of {@code assay ab}. */
final class AbReader {
    private static final Set<String> COMMANDS = Set.of("a", "b", "metric", "metric-pattern", "unit", "better", "setup",
            "teardown", "input", "env", "directory", "warmup", "expect-exit", "same-output", "timeout-seconds");
    private static final Set<String> JARS = Set.of("jmh-a", "jmh-b", "benchmark", "trial-seconds");

    private final ClaimFields in;

    AbReader(ClaimFields in) {
        this.in = in;
    }

    /** @param id of the claim */
    Optional<Claim.Subject> subject(Map<String, Object> ab, String id) {
        try {
            return ab.containsKey("jmh-a") || ab.containsKey("jmh-b") ? jars(ab, id) : commands(ab, id);
        } catch (DecideException e) {
            in.wrong("ab", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Claim.Subject> commands(Map<String, Object> ab, String id) {
        in.known(ab, COMMANDS, "ab");
        Optional<String> b = in.text(ab, "b");
        if (b.isEmpty()) {
            in.wrong("ab", "ab: needs the command b:, and a: where the claim compares");
            return Optional.empty();
        }
        CommandSettings settings = settings(ab);
        Pair pair = CommandPairs.of(in.text(ab, "a").orElse(b.get()), b.get(), settings);
        return Optional.of(new Claim.Subject.OfCommands(
                new Pair(Pair.id(id, in.line()), id, pair.metric(), pair.a(), pair.b(), pair.trial()),
                ab.containsKey("a")));
    }

    private CommandSettings settings(Map<String, Object> ab) {
        Map<String, String> environment = new LinkedHashMap<>();
        in.inside(ab, "env").forEach((name, value) -> environment.put(name, String.valueOf(value)));
        Path here = Path.of("").toAbsolutePath();
        double limit = in.number(ab, "timeout-seconds").orElse(60.0);
        return new CommandSettings(measure(ab), in.text(ab, "directory").map(here::resolve).orElse(here),
                in.text(ab, "input").map(here::resolve), environment, in.text(ab, "setup"), in.text(ab, "teardown"),
                in.whole(ab, "warmup", 1), in.whole(ab, "expect-exit", 0), in.flag(ab, "same-output"),
                Duration.ofMillis(Math.round(limit * 1000)));
    }

    private Measure measure(Map<String, Object> ab) {
        if (!ab.containsKey("metric-pattern")) {
            return Measure.named(in.text(ab, "metric").orElse("wall"));
        }
        String better = in.text(ab, "better").orElse("lower");
        if (!better.equals("lower") && !better.equals("higher")) {
            in.wrong("better", "better: is lower or higher, not '" + better + "'");
        }
        return Measure.printed(in.text(ab, "metric-pattern").orElse(""), in.text(ab, "unit").orElse(""),
                better.equals("higher") ? Metric.Better.HIGHER : Metric.Better.LOWER);
    }

    private Optional<Claim.Subject> jars(Map<String, Object> ab, String id) {
        in.known(ab, JARS, "ab");
        Optional<String> one = in.text(ab, "jmh-a");
        Optional<String> other = in.text(ab, "jmh-b");
        Optional<String> benchmark = in.text(ab, "benchmark");
        if (one.isEmpty() || other.isEmpty() || benchmark.isEmpty()) {
            in.wrong("ab", "ab: of jars needs jmh-a:, jmh-b: and the benchmark:");
            return Optional.empty();
        }
        Path java = Platform.current().java();
        double trial = in.number(ab, "trial-seconds").orElse(0.8);
        JmhPairs pairs = JmhPairs.of(new JmhPairs.Side(Path.of(one.get()), java, List.of()),
                new JmhPairs.Side(Path.of(other.get()), java, List.of()), "",
                Duration.ofMillis(Math.round(trial * 1000)));
        List<Pair> fitting = pairs.shared().stream().filter(p -> p.name().contains(benchmark.get())).toList();
        if (fitting.size() != 1) {
            in.wrong("benchmark", "a claim is about one benchmark that both jars have, and '" + benchmark.get()
                    + "' is in the name of " + (fitting.isEmpty() ? "none of " : "several of ")
                    + pairs.shared().stream().map(Pair::name).limit(8).toList());
            return Optional.empty();
        }
        Pair found = fitting.getFirst();
        return Optional.of(new Claim.Subject.OfBenchmark(
                new Pair(Pair.id(id, in.line()), found.name(), found.metric(), found.a(), found.b(), found.trial()),
                pairs));
    }
}
