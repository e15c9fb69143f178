package dev.assay.litmus;

import dev.assay.litmus.TearingCase.Kind;
import dev.assay.litmus.TearingCase.Mode;
import dev.assay.litmus.TearingCase.Place;
import dev.assay.litmus.TearingRow.Verdict;
import dev.assay.machine.Affinity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The process in which memory is accessed in ways that may end it. {@link Tearing} starts it. */
public final class TearingTrial {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LINE = 64;
    private static final int BATCH = 2000;
    private static final int SLOT = 8;
    private static final long COUNT = 0xffff_ffffL;

    private final Map<String, TearingAccess> known = new HashMap<>();

    private TearingTrial() {}

    /** Serves until the input ends. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        answers.println(JSON.writeValueAsString(Map.of("architecture", System.getProperty("os.arch"))));
        answers.flush();
        TearingTrial trial = new TearingTrial();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(JSON.writeValueAsString(trial.answer(JSON.readTree(line))));
            answers.flush();
        }
    }

    private Map<String, Object> answer(JsonNode request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        long nanos = request.get("nanos").asLong();
        if (request.has("mixed")) {
            answer.putAll(MixedSizes.observe(nanos));
            return answer;
        }
        TearingCase at = new TearingCase(Kind.valueOf(request.get("memory").asString()), request.get("bits").asInt(),
                Mode.valueOf(request.get("mode").asString()), Place.valueOf(request.get("place").asString()),
                request.get("offset").asInt());
        try {
            long[] seen = at.memory() == Kind.MACHINE_CODE
                    ? VectorLoop.observe(at.mode() == Mode.ALIGNED_VECTOR, at.offset(), nanos)
                    : observe(at, nanos);
            boolean changed = seen.length < 3 || seen[2] > 0;
            answer.put("verdict", seen[1] > 0 ? Verdict.TEARS : changed ? Verdict.WHOLE : Verdict.UNCHANGED);
            answer.put("tries", seen[0]);
            answer.put("torn", seen[1]);
        } catch (IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
            answer.put("verdict", Verdict.THROWS);
            answer.put("detail", e.getClass().getSimpleName());
        }
        return answer;
    }

    private long[] observe(TearingCase at, long nanos) {
        TearingAccess access = known.computeIfAbsent(at.memory() + "/" + at.bits() + "/" + at.mode(),
                _ -> warm(TearingAccess.of(at.memory(), at.bits(), at.mode())));
        int[] offsets = at.place() == Place.ANYWHERE
                ? java.util.stream.IntStream.range(0, 2 * LINE / SLOT).map(i -> i * SLOT + at.offset()).toArray()
                : new int[]{at.offset()};
        long[] total = new long[3];
        for (int offset : offsets) {
            long[] seen = pair(access, offset, at.bits(), nanos / offsets.length);
            total[0] += seen[0];
            total[1] += seen[1];
            total[2] += seen[2];
        }
        return total;
    }

    private static TearingAccess warm(TearingAccess access) {
        run(access::warmUp);
        return access;
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * One thread stores, this one loads; the answer is how many loads there were, how many were torn, and how often the rarer of the two
     * stored values was seen.
     */
    private static long[] pair(TearingAccess access, long offset, int bits, long nanos) {
        long mask = bits == 64 ? -1L : (1L << bits) - 1;
        // What an earlier case left at neighbouring offsets must not pass for a torn store.
        run(() -> access.write(offset, 1));
        long[] zeros = new long[1];
        long[] seen = race(nanos, () -> access.write(offset, BATCH), () -> {
            long both = access.read(offset, BATCH, mask);
            zeros[0] += both >>> Integer.SIZE;
            return both & COUNT;
        }, BATCH);
        return new long[]{seen[0], seen[1], Math.min(zeros[0], seen[0] - seen[1] - zeros[0])};
    }

    /** Something that may throw anything. */
    interface Work {
        void run() throws Throwable;
    }

    /** A batch of loads; the answer is how many were torn. */
    interface Reads {
        long run() throws Throwable;
    }

    /** Lets both run against each other, on two processors where there are two. */
    static long[] race(long nanos, Work writes, Reads reads, int batch) {
        boolean[] stop = new boolean[1];
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Integer> processors = Affinity.supported() ? Affinity.current().stream().boxed().toList() : List.of();
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                if (processors.size() > 1) {
                    Affinity.pin(processors.getLast());
                }
                do {
                    writes.run();
                    started.countDown();
                } while (!(boolean) STOP.getOpaque(stop, 0));
            } catch (Throwable e) {
                failure.set(e);
                started.countDown();
            }
        });
        long tries = 0;
        long torn = 0;
        try {
            started.await();
            long start = System.nanoTime();
            do {
                torn += reads.run();
                tries += batch;
            } while (System.nanoTime() - start < nanos && failure.get() == null);
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
        STOP.setOpaque(stop, 0, true);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() instanceof RuntimeException e) {
            throw e;
        } else if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return new long[]{tries, torn};
    }

    private static final java.lang.invoke.VarHandle STOP = java.lang.invoke.MethodHandles
            .arrayElementVarHandle(boolean[].class);
}
