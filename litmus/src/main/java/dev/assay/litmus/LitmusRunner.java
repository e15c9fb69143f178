package dev.assay.litmus;

import dev.assay.litmus.ObservedTest.Outcome;
import dev.assay.machine.MachineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Runs tests on a processor, in a process of their own, and puts what was seen beside what the model allows.
 *
 * <p>
 * The process serves all tests as long as it lives; when one ends it, the next test gets a new one.
 */
public final class LitmusRunner implements AutoCloseable {
    private static final double NANOS = 1e9;
    private static final long GRACE_SECONDS = 60;
    private static final int UNROLL = 2;
    private static final int UNROLL_MORE = 8;

    private final Settings settings;
    private final Class<?> trial;
    private final JsonNode hello;
    private TrialProcess process;

    /**
     * How to run.
     *
     * @param java the command that starts the JVM to run in: a path, perhaps after an emulator and its options; empty for this one
     * @param seconds how long each test runs at most
     * @param instances how many instances of each test are run at most
     * @param seed of everything random
     * @param model a .cat file or one of ours by name; empty for the architecture's own
     */
    public record Settings(List<String> java, double seconds, long instances, long seed, Optional<String> model) {
        public Settings {
            java = List.copyOf(java);
            if (!(seconds > 0 && seconds <= 86_400)) {
                throw new LitmusException("a test runs for more than 0 and at most 86400 s, but " + seconds
                        + " s was asked for");
            }
            if (instances < 1) {
                throw new LitmusException("at least 1 instance is run, but " + instances + " was asked for");
            }
        }
    }

    /**
     * Starts the process that will run the tests.
     *
     * @throws MachineException when it cannot run code of its own
     */
    public LitmusRunner(Settings settings) {
        this(settings, LitmusTrial.class);
    }

    /** @param trial the main class of the process */
    LitmusRunner(Settings settings, Class<?> trial) {
        this.settings = settings;
        this.trial = trial;
        try {
            start();
        } catch (TrialProcess.Ended e) {
            throw new MachineException("no test can be run: the process for it " + e.getMessage());
        }
        hello = process.hello();
        if (hello.has("refusal")) {
            String refusal = hello.get("refusal").asString();
            close();
            throw new MachineException("no test can be run: " + refusal);
        }
    }

    private void start() throws TrialProcess.Ended {
        List<String> java = settings.java().isEmpty()
                ? List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                : settings.java();
        process = new TrialProcess(java, List.of(), trial);
    }

    /** The architecture of the tests that run here. */
    public Architecture architecture() {
        return ThreadEncoder.nativeOf(machine());
    }

    private String machine() {
        return hello.get("architecture").asString();
    }

    private boolean emulated() {
        return hello.get("emulated").asBoolean() || !machine().equals(System.getProperty("os.arch"));
    }

    /** A test that is named: a file, or one that the project makes itself. */
    public String text(String nameOrFile) {
        Path file = Path.of(nameOrFile);
        if (Files.isRegularFile(file)) {
            try {
                return Files.readString(file);
            } catch (java.io.IOException e) {
                throw new LitmusException(file + " cannot be read: " + e.getMessage());
            }
        }
        return ClassicTests.text(architecture(), nameOrFile);
    }

    /**
     * Runs a test.
     *
     * @param source what to call the text in messages
     * @throws LitmusException when the text is no test
     */
    public ObservedTest run(String source, String text) {
        LitmusTest test = LitmusParser.parse(source, text);
        Answer answer = decide(test, settings.model(), UNROLL);
        Set<String> sequential = decide(test, Optional.of("sc"), UNROLL).states().keySet();
        Set<String> wanted = new HashSet<>(answer.states().keySet());
        wanted.removeAll(sequential);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("source", source);
        request.put("text", text);
        request.put("nanos", (long) (settings.seconds() * NANOS));
        request.put("instances", settings.instances());
        request.put("wanted", wanted);
        request.put("seed", settings.seed());
        try {
            if (process == null) {
                start();
            }
            JsonNode seen = process.ask(request, (long) settings.seconds() + GRACE_SECONDS);
            return seen.has("refusal")
                    ? unseen(test, text, answer, List.of(), Optional.of(seen.get("refusal").asString()))
                    : observed(test, text, answer, sequential, seen);
        } catch (TrialProcess.Ended e) {
            close();
            return unseen(test, text, answer, List.of(RunDoubt.failed(e.getMessage())),
                    Optional.of("the process that ran it " + e.getMessage()));
        }
    }

    private static Answer decide(LitmusTest test, Optional<String> model, int unroll) {
        return new ModelChecker(new ModelChecker.Settings(model, unroll, false)).decide(test);
    }

    private static ObservedTest unseen(LitmusTest test, String text, Answer answer, List<RunDoubt> doubts,
            Optional<String> refusal) {
        return new ObservedTest(test.name(), answer.architecture(), answer.model(), answer.condition(), 0, 0, List.of(),
                doubts, "", text, refusal);
    }

    private ObservedTest observed(LitmusTest test, String text, Answer first, Set<String> sequential, JsonNode seen) {
        Map<String, Long> counts = new LinkedHashMap<>();
        seen.get("states").properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
        List<RunDoubt> doubts = new ArrayList<>();
        Answer answer = first;
        if (!answer.states().keySet().containsAll(counts.keySet()) && !answer.doubts().isEmpty()) {
            answer = decide(test, settings.model(), UNROLL_MORE);
            doubts.add(RunDoubt.modelBound());
        }
        Map<String, Boolean> allowed = answer.states();
        if (emulated()) {
            doubts.add(RunDoubt.emulated(machine()));
        }
        if (seen.get("crowded").asBoolean()) {
            doubts.add(RunDoubt.crowded(test.threads().size()));
        }
        Set<String> states = new HashSet<>(counts.keySet());
        states.addAll(allowed.keySet());
        if (states.size() > counts.size()) {
            doubts.add(RunDoubt.notSeen(states.size() - counts.size()));
        }
        boolean asks = test.condition().quantifier() != Condition.Quantifier.FORALL;
        List<Outcome> outcomes = states.stream()
                .map(state -> new Outcome(state, counts.getOrDefault(state, 0L), allowed.containsKey(state),
                        !sequential.contains(state)
                                || allowed.containsKey(state) && allowed.get(state) == asks))
                .sorted(Comparator.comparingLong(Outcome::count).reversed().thenComparing(Outcome::state)).toList();
        return new ObservedTest(test.name(), answer.architecture(), answer.model(), answer.condition(),
                seen.get("instances").asLong(), seen.get("seconds").asDouble(), outcomes, doubts,
                seen.get("plan").asString(), text, Optional.empty());
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
