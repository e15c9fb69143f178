package dev.assay.litmus;

import dev.assay.litmus.TearingCase.Kind;
import dev.assay.litmus.TearingCase.Mode;
import dev.assay.litmus.TearingCase.Place;
import dev.assay.litmus.TearingRow.Code;
import dev.assay.litmus.TearingRow.Verdict;
import dev.assay.machine.MachineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * Which accesses to memory are whole on this platform: every width, mode and kind of memory, at every misalignment inside a line,
 * across a line and across a page.
 *
 * <p>
 * Accesses run in a process of their own. One that ends it is written down as a trap, and the rest go on in a new process.
 */
public final class Tearing {
    private static final int LINE = 64;
    private static final int PAGE = 4096;
    private static final long ANSWER_SECONDS = 120;
    private static final int MIXED_TIMES = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<String> java;
    private final long nanos;

    /**
     * What was found.
     *
     * @param architecture of the process, as Java names it
     * @param rows one per way to access memory
     * @param mixed 64-bit loads against stores of several sizes
     * @param doubts reasons to trust this less
     */
    public record Result(String architecture, List<TearingRow> rows, List<Mixed> mixed, List<RunDoubt> doubts) {
        public Result {
            rows = List.copyOf(rows);
            mixed = List.copyOf(mixed);
            doubts = List.copyOf(doubts);
        }
    }

    /**
     * An aligned 64-bit load against stores.
     *
     * @param stores which
     * @param loads how many
     * @param halvesDiffer loads whose halves came from different stores
     * @param partOfAStore loads that held part of one store: these, and only these, are torn
     */
    public record Mixed(String stores, long loads, long halvesDiffer, long partOfAStore) {}

    /**
     * @param java the command that starts the JVM to try; empty for this one
     * @param millis how long each access is tried
     */
    public Tearing(List<String> java, long millis) {
        if (millis < 1 || millis > 60_000) {
            throw new LitmusException("each access is tried for 1 to 60000 ms, but " + millis + " ms was asked for");
        }
        this.java = java.isEmpty() ? List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()) : java;
        this.nanos = millis * NANOS_PER_MILLI;
    }

    /** All that is tried on a machine with this architecture. */
    static List<TearingCase> cases(String architecture) {
        List<TearingCase> cases = new ArrayList<>();
        for (Kind memory : Kind.values()) {
            for (int bits : memory == Kind.MACHINE_CODE ? new int[]{128} : new int[]{16, 32, 64}) {
                for (Mode mode : Mode.values()) {
                    boolean vector = mode == Mode.ALIGNED_VECTOR || mode == Mode.VECTOR;
                    if (vector == (memory == Kind.MACHINE_CODE)
                            && (!vector || architecture.equals("amd64"))) {
                        places(memory, bits, mode, cases);
                    }
                }
            }
        }
        return cases;
    }

    private static void places(Kind memory, int bits, Mode mode, List<TearingCase> cases) {
        int bytes = bits / 8;
        cases.add(new TearingCase(memory, bits, mode, Place.ALIGNED, 0));
        if (memory == Kind.HEAP_ARRAY) {
            return;
        }
        for (int by = 1; by < bytes; by++) {
            if (memory == Kind.BYTE_ARRAY_VIEW) {
                cases.add(new TearingCase(memory, bits, mode, Place.ANYWHERE, by));
            } else {
                cases.add(new TearingCase(memory, bits, mode, Place.INSIDE_LINE, by));
                cases.add(new TearingCase(memory, bits, mode, Place.ACROSS_LINE, LINE - bytes + by));
                cases.add(new TearingCase(memory, bits, mode, Place.ACROSS_PAGE, PAGE - bytes + by));
            }
        }
    }

    /** Tries everything. {@code progress} is told how many are done, of how many. */
    public Result observe(BiConsumer<Integer, Integer> progress) {
        try (Trials compiled = new Trials(List.of("-Xbatch")); Trials interpreted = new Trials(List.of("-Xint"))) {
            String architecture = compiled.architecture();
            List<TearingCase> all = cases(architecture);
            // The interpreter has one way only; what differs is the plain misaligned access, which it may take apart.
            List<TearingCase> plain = all.stream().filter(c -> c.mode() == Mode.PLAIN).toList();
            List<TearingRow> rows = new ArrayList<>();
            for (TearingCase at : all) {
                rows.add(compiled.row(at,
                        at.memory() == Kind.MACHINE_CODE ? Code.MACHINE_CODE : Code.COMPILED));
                progress.accept(rows.size(), all.size() + plain.size());
            }
            for (TearingCase at : plain) {
                rows.add(interpreted.row(at, Code.INTERPRETED));
                progress.accept(rows.size(), all.size() + plain.size());
            }
            return new Result(architecture, rows, compiled.mixed(), doubts(architecture));
        } catch (TrialProcess.Ended e) {
            throw new MachineException("nothing can be tried: the process for it " + e.getMessage());
        }
    }

    /** Processes with the same options, one after the other as they end. */
    private final class Trials implements AutoCloseable {
        private final List<String> options;
        private TrialProcess process;

        Trials(List<String> options) {
            this.options = options;
        }

        private TrialProcess process() throws TrialProcess.Ended {
            if (process == null) {
                process = new TrialProcess(java, options, TearingTrial.class);
            }
            return process;
        }

        String architecture() throws TrialProcess.Ended {
            return process().hello().get("architecture").asString();
        }

        TearingRow row(TearingCase at, Code code) throws TrialProcess.Ended {
            TrialProcess now = process();
            try {
                JsonNode answer = now.ask(request(at), ANSWER_SECONDS);
                Verdict verdict = Verdict.valueOf(answer.get("verdict").asString());
                return verdict == Verdict.THROWS
                        ? new TearingRow(at, code, verdict, answer.get("detail").asString(), 0, 0)
                        : new TearingRow(at, code, verdict, "", answer.get("tries").asLong(),
                                answer.get("torn").asLong());
            } catch (TrialProcess.Ended e) {
                close();
                return new TearingRow(at, code, Verdict.TRAPS, e.getMessage(), 0, 0);
            }
        }

        List<Mixed> mixed() throws TrialProcess.Ended {
            List<Mixed> mixed = new ArrayList<>();
            process().ask(Map.of("nanos", nanos * MIXED_TIMES, "mixed", true), ANSWER_SECONDS).properties()
                    .forEach(entry -> mixed.add(new Mixed(entry.getKey(), entry.getValue().get("loads").asLong(),
                            entry.getValue().get("halvesDiffer").asLong(),
                            entry.getValue().get("partOfAStore").asLong())));
            return mixed;
        }

        @Override
        public void close() {
            if (process != null) {
                process.close();
                process = null;
            }
        }
    }

    private static List<RunDoubt> doubts(String architecture) {
        List<RunDoubt> doubts = new ArrayList<>();
        if (!architecture.equals(System.getProperty("os.arch"))) {
            doubts.add(RunDoubt.emulated(architecture));
        }
        if (Runtime.getRuntime().availableProcessors() < 2) {
            doubts.add(RunDoubt.crowded(2));
        }
        return doubts;
    }

    private Map<String, Object> request(TearingCase at) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("memory", at.memory().name());
        request.put("bits", at.bits());
        request.put("mode", at.mode().name());
        request.put("place", at.place().name());
        request.put("offset", at.offset());
        request.put("nanos", nanos);
        return request;
    }
}
