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
import java.util.function.Predicate;
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
    /** How much longer an access is tried while the loads have not met both values often. */
    private static final long PATIENCE = 100;
    private static final long LEAST_PATIENCE_NANOS = 500 * NANOS_PER_MILLI;

    private final List<String> java;
    private final long nanos;

    /**
     * What was found.
     *
     * @param architecture of the process, as Java names it
     * @param platform the JVM and the system
     * @param rows one per way to access memory
     * @param mixed 64-bit loads against stores of several sizes
     * @param alignment what devices demand and what allocation gives
     * @param doubts reasons to trust this less
     */
    public record Result(String architecture, String platform, List<TearingRow> rows, List<Mixed> mixed,
            Alignment alignment, List<RunDoubt> doubts) {
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
     * @param changes how many differed from the load before
     * @param halvesDiffer loads whose halves came from different stores
     * @param partOfAStore loads that held part of one store: these, and only these, are torn
     * @param example the last load whose halves differ, in hexadecimal; empty when there is none
     */
    public record Mixed(String stores, long loads, long changes, long halvesDiffer, long partOfAStore,
            String example) {}

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
            if (memory == Kind.MACHINE_CODE) {
                Mode.machineCode(architecture).forEach(mode -> places(memory, 128, mode, cases));
            } else {
                for (int bits : new int[]{16, 32, 64}) {
                    Mode.java().forEach(mode -> places(memory, bits, mode, cases));
                }
            }
        }
        return cases;
    }

    private static void places(Kind memory, int bits, Mode mode, List<TearingCase> cases) {
        int bytes = bits / Byte.SIZE;
        cases.add(new TearingCase(memory, bits, mode, Place.ALIGNED, 0));
        if (memory == Kind.HEAP_ARRAY) {
            // Its elements are aligned, all of them.
            return;
        }
        for (int by = 1; by < bytes; by++) {
            cases.add(new TearingCase(memory, bits, mode, Place.INSIDE_LINE, by));
            cases.add(new TearingCase(memory, bits, mode, Place.ACROSS_LINE, LINE - bytes + by));
            cases.add(new TearingCase(memory, bits, mode, Place.ACROSS_PAGE, PAGE - bytes + by));
        }
    }

    /** Tries the accesses that {@code chosen} chooses. {@code progress} is told how many are done, of how many. */
    public Result observe(Predicate<TearingCase> chosen, BiConsumer<Integer, Integer> progress) {
        try (Trials best = new Trials(Code.C2, List.of("-XX:-TieredCompilation", "-Xbatch"));
                Trials quick = new Trials(Code.C1, List.of("-XX:TieredStopAtLevel=1", "-Xbatch"));
                Trials interpreter = new Trials(Code.INTERPRETED, List.of("-Xint"))) {
            JsonNode hello = best.process().hello();
            String architecture = hello.get("architecture").asString();
            List<TearingCase> all = cases(architecture).stream().filter(chosen).toList();
            // What differs by compiler is the plain misaligned access, which some take apart.
            List<TearingCase> plain = all.stream().filter(c -> c.mode() == Mode.PLAIN).toList();
            int total = all.size() + 2 * plain.size();
            List<TearingRow> rows = new ArrayList<>();
            for (Trials trials : List.of(best, quick, interpreter)) {
                for (TearingCase at : trials == best ? all : plain) {
                    rows.add(trials.row(at));
                    progress.accept(rows.size(), total);
                }
            }
            List<Mixed> mixed = best.mixed();
            return new Result(architecture,
                    hello.get("java").asString() + ", " + hello.get("system").asString() + " " + architecture, rows,
                    mixed, best.alignment(), doubts(hello, rows));
        } catch (TrialProcess.Ended e) {
            throw new MachineException("nothing can be tried: the process for it " + e.getMessage());
        }
    }

    /** Processes with the same options, one after the other as they end. */
    private final class Trials implements AutoCloseable {
        private final Code code;
        private final List<String> options;
        private TrialProcess process;

        Trials(Code code, List<String> options) {
            this.code = code;
            this.options = options;
        }

        private TrialProcess process() throws TrialProcess.Ended {
            if (process == null) {
                process = new TrialProcess(java, options, TearingTrial.class);
            }
            return process;
        }

        TearingRow row(TearingCase at) throws TrialProcess.Ended {
            TrialProcess now = process();
            Code by = at.memory() == Kind.MACHINE_CODE ? Code.MACHINE_CODE : code;
            try {
                JsonNode answer = now.ask(request(at, by), ANSWER_SECONDS);
                Verdict verdict = Verdict.valueOf(answer.get("verdict").asString());
                return answer.has("detail")
                        ? new TearingRow(at, by, verdict, answer.get("detail").asString(), Tally.NONE)
                        : new TearingRow(at, by, verdict, "",
                                new Tally(answer.get("loads").asLong(), answer.get("zeros").asLong(),
                                        answer.get("ones").asLong(), answer.get("changes").asLong()));
            } catch (TrialProcess.Ended e) {
                close();
                if (!e.bySignal()) {
                    throw e;
                }
                return new TearingRow(at, by, Verdict.TRAPS, e.getMessage(), Tally.NONE);
            }
        }

        List<Mixed> mixed() throws TrialProcess.Ended {
            Map<String, Object> request = times(MIXED_TIMES);
            request.put("mixed", true);
            List<Mixed> mixed = new ArrayList<>();
            for (JsonNode row : process().ask(request, ANSWER_SECONDS).get("mixed")) {
                mixed.add(new Mixed(row.get("stores").asString(), row.get("loads").asLong(),
                        row.get("changes").asLong(), row.get("halvesDiffer").asLong(),
                        row.get("partOfAStore").asLong(), row.path("example").asString("")));
            }
            return mixed;
        }

        Alignment alignment() throws TrialProcess.Ended {
            Map<String, Object> request = times(1);
            request.put("alignment", true);
            return Alignment.of(process().ask(request, ANSWER_SECONDS));
        }

        @Override
        public void close() {
            if (process != null) {
                process.close();
                process = null;
            }
        }
    }

    private static List<RunDoubt> doubts(JsonNode hello, List<TearingRow> rows) {
        List<RunDoubt> doubts = new ArrayList<>();
        String architecture = hello.get("architecture").asString();
        if (hello.get("emulated").asBoolean() || !architecture.equals(System.getProperty("os.arch"))) {
            doubts.add(RunDoubt.emulated(architecture));
        }
        if (hello.get("processors").asInt() < 2) {
            doubts.add(RunDoubt.crowded(2));
        }
        for (Verdict verdict : List.of(Verdict.UNCHANGED, Verdict.NOT_COMPILED)) {
            long count = rows.stream().filter(row -> row.verdict() == verdict).count();
            if (count > 0) {
                doubts.add(RunDoubt.unanswered(verdict, count));
            }
        }
        return doubts;
    }

    private Map<String, Object> times(int factor) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("nanos", nanos * factor);
        request.put("patienceNanos", Math.max(LEAST_PATIENCE_NANOS, nanos * PATIENCE));
        return request;
    }

    private Map<String, Object> request(TearingCase at, Code code) {
        Map<String, Object> request = times(1);
        request.put("memory", at.memory().name());
        request.put("bits", at.bits());
        request.put("mode", at.mode().name());
        request.put("place", at.place().name());
        request.put("offset", at.offset());
        request.put("code", code.name());
        return request;
    }
}
