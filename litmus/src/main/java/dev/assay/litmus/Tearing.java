package dev.assay.litmus;

import dev.assay.litmus.TearingCase.Kind;
import dev.assay.litmus.TearingCase.Mode;
import dev.assay.litmus.TearingCase.Place;
import dev.assay.litmus.TearingRow.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        List<TearingRow> rows = new ArrayList<>();
        List<Mixed> mixed = new ArrayList<>();
        String architecture = "";
        TrialProcess process = null;
        try {
            process = start();
            architecture = process.hello().get("architecture").asString();
            List<TearingCase> cases = cases(architecture);
            for (TearingCase at : cases) {
                try {
                    process = process == null ? start() : process;
                    rows.add(row(at, process.ask(request(at), ANSWER_SECONDS)));
                } catch (TrialProcess.Ended e) {
                    process.close();
                    process = null;
                    rows.add(new TearingRow(at, Verdict.TRAPS, e.getMessage(), 0, 0));
                }
                progress.accept(rows.size(), cases.size());
            }
            process = process == null ? start() : process;
            process.ask(Map.of("nanos", nanos * 10, "mixed", true), ANSWER_SECONDS).properties()
                    .forEach(entry -> mixed.add(new Mixed(entry.getKey(), entry.getValue().get("loads").asLong(),
                            entry.getValue().get("halvesDiffer").asLong(),
                            entry.getValue().get("partOfAStore").asLong())));
        } catch (TrialProcess.Ended e) {
            throw new dev.assay.machine.MachineException("nothing can be tried: the process for it " + e.getMessage());
        } finally {
            Optional.ofNullable(process).ifPresent(TrialProcess::close);
        }
        return new Result(architecture, rows, mixed, doubts(architecture));
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

    private TrialProcess start() throws TrialProcess.Ended {
        return new TrialProcess(java, List.of(), TearingTrial.class);
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

    private static TearingRow row(TearingCase at, JsonNode answer) {
        Verdict verdict = Verdict.valueOf(answer.get("verdict").asString());
        boolean ran = verdict != Verdict.THROWS;
        return new TearingRow(at, verdict, ran ? "" : answer.get("detail").asString(),
                ran ? answer.get("tries").asLong() : 0, ran ? answer.get("torn").asLong() : 0);
    }
}
