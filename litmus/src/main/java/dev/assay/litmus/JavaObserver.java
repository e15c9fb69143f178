package dev.assay.litmus;

import dev.assay.litmus.JavaObservation.Seen;
import dev.assay.litmus.ObservedTest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * Runs Java tests, each in every mix of interpreter, C1 and C2 that matters, every mix in a fresh process, and puts what was seen
 * beside what the model of Java's access modes allows.
 */
public final class JavaObserver {
    private static final double NANOS = 1e9;
    private static final long GRACE_SECONDS = 120;
    private static final int UNROLL = 2;

    private final Settings settings;

    /**
     * How to run.
     *
     * @param java the command that starts the JVM to run in: a path, perhaps after an emulator and its options; empty for this one
     * @param seconds how long each test runs, all mixes together, without starting and warming up
     * @param few only the mixes in which all actors are alike, and one random order
     * @param seed of everything random
     * @param model a .cat file or one of ours by name; empty for Java's
     */
    public record Settings(List<String> java, double seconds, boolean few, long seed, Optional<String> model) {
        public Settings {
            java = List.copyOf(java);
            if (!(seconds > 0 && seconds <= 86_400)) {
                throw new LitmusException("a test runs for more than 0 and at most 86400 s, but " + seconds
                        + " s was asked for");
            }
        }
    }

    /** An observer of tests; no process is started yet. */
    public JavaObserver(Settings settings) {
        this.settings = settings;
    }

    /** A test that is named: a file, one of {@link JavaCorpus}, or a cycle that the project makes itself. */
    public static String text(String nameOrFile) {
        Path file = Path.of(nameOrFile);
        if (Files.isRegularFile(file)) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new LitmusException(file + " cannot be read: " + e.getMessage());
            }
        }
        return JavaCorpus.text(nameOrFile);
    }

    /**
     * Runs a test in all mixes.
     *
     * @param source what to call the text in messages
     * @param progress told how many mixes are done, of how many
     * @throws LitmusException when the text is no Java test
     */
    public JavaObservation run(String source, String text, BiConsumer<Integer, Integer> progress) {
        LitmusTest test = LitmusParser.parse(source, text);
        if (test.architecture() != Architecture.JAVA) {
            throw new LitmusException(source + " is a test for " + test.architecture().header()
                    + ", and only Java tests run here; assay litmus run runs those of the processor at hand");
        }
        JavaInstances.variables(test);
        Answer answer = decide(test, settings.model());
        Set<String> sequential = decide(test, Optional.of("sc")).states().keySet();
        Set<String> wanted = new HashSet<>(answer.states().keySet());
        wanted.removeAll(sequential);
        int threads = test.threads().size();
        List<JavaMix> mixes = settings.few() ? JavaMix.few(threads) : JavaMix.of(threads);
        List<Seen> seen = new ArrayList<>();
        List<RunDoubt> doubts = new ArrayList<>();
        for (JavaMix mix : mixes) {
            seen.add(observe(source, text, mix, threads, settings.seconds() / mixes.size(), wanted,
                    doubts));
            progress.accept(seen.size(), mixes.size());
        }
        return new JavaObservation(whole(test, text, answer, sequential, seen, doubts), seen);
    }

    private static Answer decide(LitmusTest test, Optional<String> model) {
        return new ModelChecker(new ModelChecker.Settings(model, UNROLL, false)).decide(test);
    }

    private Seen observe(String source, String text, JavaMix mix, int threads, double seconds, Set<String> wanted,
            List<RunDoubt> doubts) {
        List<String> java = settings.java().isEmpty()
                ? List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                : settings.java();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("source", source);
        request.put("text", text);
        request.put("nanos", (long) (seconds * NANOS));
        request.put("wanted", wanted);
        request.put("seed", settings.seed());
        try (MixFiles files = new MixFiles(mix);
                TrialProcess process = new TrialProcess(java,
                        mix.options(files.directives, files.log, settings.seed()), JavaTrial.class)) {
            JsonNode answer = process.ask(request, (long) seconds + GRACE_SECONDS);
            if (answer.has("refusal")) {
                return unseen(mix, answer.get("refusal").asString());
            }
            Map<String, Long> counts = new HashMap<>();
            answer.get("states").properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
            doubts(process.hello().get("architecture").asString(), answer.get("crowded").asBoolean(), threads, doubts);
            return new Seen(mix, JavaCompilations.levels(files.log, threads), answer.get("instances").asLong(),
                    answer.get("seconds").asDouble(), counts, answer.get("plan").asString(), Optional.empty());
        } catch (TrialProcess.Ended e) {
            return unseen(mix, "the process that ran it " + e.getMessage());
        } catch (IOException e) {
            throw new LitmusException("files of a run cannot be written or read: " + e.getMessage());
        }
    }

    private static void doubts(String machine, boolean crowded, int threads, List<RunDoubt> doubts) {
        if (!machine.equals(System.getProperty("os.arch"))) {
            doubts.add(RunDoubt.emulated(machine));
        }
        if (crowded) {
            doubts.add(RunDoubt.crowded(threads));
        }
    }

    private static Seen unseen(JavaMix mix, String reason) {
        return new Seen(mix, List.of(), 0, 0, Map.of(), "", Optional.of(reason));
    }

    private static ObservedTest whole(LitmusTest test, String text, Answer answer, Set<String> sequential,
            List<Seen> mixes, List<RunDoubt> found) {
        Map<String, Long> counts = new HashMap<>();
        mixes.forEach(mix -> mix.counts().forEach((state, count) -> counts.merge(state, count, Long::sum)));
        Map<String, Boolean> allowed = answer.states();
        Set<String> states = new HashSet<>(counts.keySet());
        states.addAll(allowed.keySet());
        Set<RunDoubt> doubts = new java.util.LinkedHashSet<>(found);
        if (states.size() > counts.size()) {
            doubts.add(RunDoubt.notSeen(states.size() - counts.size()));
        }
        mixes.stream().filter(mix -> mix.refusal().isPresent())
                .forEach(mix -> doubts.add(RunDoubt.mixFailed(mix.mix().words(), mix.refusal().get())));
        List<String> other = mixes.stream().filter(mix -> mix.refusal().isEmpty() && !mix.asAsked())
                .map(mix -> mix.mix().words()).toList();
        if (!other.isEmpty()) {
            doubts.add(RunDoubt.otherMix(other));
        }
        if (!answer.doubts().isEmpty()) {
            doubts.add(RunDoubt.modelBound());
        }
        boolean asks = test.condition().quantifier() != Condition.Quantifier.FORALL;
        List<Outcome> outcomes = states.stream()
                .map(state -> new Outcome(state, counts.getOrDefault(state, 0L), allowed.containsKey(state),
                        !sequential.contains(state) || allowed.containsKey(state) && allowed.get(state) == asks))
                .sorted(Comparator.comparingLong(Outcome::count).reversed().thenComparing(Outcome::state)).toList();
        Optional<String> refusal = mixes.stream().allMatch(mix -> mix.refusal().isPresent())
                ? mixes.getFirst().refusal()
                : Optional.empty();
        return new ObservedTest(test.name(), answer.architecture(), answer.model(), answer.condition(),
                mixes.stream().mapToLong(Seen::instances).sum(), mixes.stream().mapToDouble(Seen::seconds).sum(),
                refusal.isPresent() ? List.of() : outcomes, List.copyOf(doubts), "", text, refusal);
    }

    /** The files that the virtual machine of a mix reads and writes. */
    private static final class MixFiles implements AutoCloseable {
        private final Path folder;
        private final Path directives;
        private final Path log;

        MixFiles(JavaMix mix) throws IOException {
            folder = Files.createTempDirectory("assay-litmus-java");
            directives = Files.writeString(folder.resolve("directives"), mix.directives());
            log = folder.resolve("compilations");
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(directives);
            Files.deleteIfExists(log);
            Files.deleteIfExists(folder);
        }
    }
}
