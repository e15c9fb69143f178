package dev.assay.litmus;

import dev.assay.machine.Affinity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs one test on this processor, in this process.
 *
 * <p>
 * Rounds of some milliseconds follow each other, each by a {@link RunPlan}. Plans begin at random; then most rounds vary the plan that
 * showed most of what is looked for in a second, while one in four still is random, so that what a plan never shows gets its chance.
 */
final class InstanceRunner {
    private static final long ROUND_NANOS = 15_000_000;
    private static final int EXPLORING_ROUNDS = 40;
    private static final int MAXIMUM_INSTANCES = 8192;
    private static final long AREA_BYTES = 512 * 1024;
    private static final int MAXIMUM_THREADS = 16;

    private final LitmusTest test;
    private final Memory memory;
    private final Observations observations;
    private final Set<String> wanted;
    private final Random random;
    private final int threads;
    private final int[] processors;
    private final boolean crowded;
    private final Meeting meeting;
    private final Map<String, InstanceArea> areas = new HashMap<>();
    private final OutcomeCounts total;
    private final List<OutcomeCounts> shares = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile RunPlan plan;
    private volatile InstanceArea area;
    private volatile boolean roundEnds;
    private volatile boolean ends;
    private RunPlan best;
    private double bestRate = -1;
    private long instances;
    private long nanos;
    private int rounds;

    /**
     * What was seen.
     *
     * @param states how often each final state was seen, in the notation {@code 0:rax=0; 1:rax=0}
     * @param crowded whether there were more threads than processors
     * @param plan the plan that showed most
     */
    record Seen(long instances, double seconds, Map<String, Long> states, boolean crowded, String plan) {}

    /** @param wanted the states to steer for; when empty, the rarer ones */
    InstanceRunner(LitmusTest test, Set<String> wanted, long seed) {
        this.test = test;
        this.memory = new Memory(test);
        this.observations = new Observations(test, memory);
        this.wanted = Set.copyOf(wanted);
        this.random = new Random(seed);
        this.threads = test.threads().size();
        if (threads > MAXIMUM_THREADS) {
            throw new LitmusException("a test runs with at most " + MAXIMUM_THREADS + " threads, but " + test.name()
                    + " has " + threads);
        }
        this.processors = Affinity.supported()
                ? Affinity.current().stream().toArray()
                : new int[Runtime.getRuntime().availableProcessors()];
        this.crowded = threads > processors.length;
        this.meeting = new Meeting(threads, crowded);
        int width = observations.observables().size();
        this.total = new OutcomeCounts(width);
        for (int i = 0; i < threads; i++) {
            shares.add(new OutcomeCounts(width));
        }
    }

    /** Runs until the time is over or so many instances were run. */
    Seen run(long forNanos, long maximumInstances) {
        next();
        long start = System.nanoTime();
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            int number = i;
            others.add(Thread.ofPlatform().name("litmus-" + i).start(() -> guarded(number, start, forNanos,
                    maximumInstances)));
        }
        Thread first = Thread.ofPlatform().name("litmus-0").start(() -> guarded(0, start, forNanos, maximumInstances));
        others.add(first);
        for (Thread thread : others) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                meeting.end();
            }
        }
        nanos = System.nanoTime() - start;
        areas.values().forEach(InstanceArea::close);
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return new Seen(instances, nanos / 1e9, states(total), crowded, best == null ? "" : best.toString());
    }

    private void guarded(int thread, long start, long forNanos, long maximumInstances) {
        try {
            work(thread, start, forNanos, maximumInstances);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            meeting.end();
        }
    }

    private void work(int thread, long start, long forNanos, long maximumInstances) {
        int pinned = -1;
        while (!ends) {
            InstanceArea now = area;
            RunPlan by = plan;
            int processor = (thread + by.turn()) % processors.length;
            if (Affinity.supported() && processor != pinned) {
                Affinity.pin(processors[processor]);
                pinned = processor;
            }
            int from = (int) ((long) now.instances() * thread / threads);
            int to = (int) ((long) now.instances() * (thread + 1) / threads);
            long roundStart = System.nanoTime();
            long roundInstances = 0;
            now.reset(from, to);
            boolean last = false;
            while (!last) {
                meeting.await();
                now.run(thread, by, crowded);
                roundInstances += now.instances();
                if (thread == 0) {
                    long passed = System.nanoTime() - roundStart;
                    ends = System.nanoTime() - start >= forNanos || instances + roundInstances >= maximumInstances;
                    roundEnds = ends || passed >= ROUND_NANOS;
                }
                meeting.await();
                last = roundEnds;
                now.count(from, to, shares.get(thread));
                if (!last) {
                    now.reset(from, to);
                }
            }
            meeting.await();
            if (thread == 0) {
                instances += roundInstances;
                learn(System.nanoTime() - roundStart);
                if (!ends) {
                    next();
                }
            }
            meeting.await();
        }
    }

    /** Takes the round's counts and compares its plan with the best so far. */
    private void learn(long roundNanos) {
        OutcomeCounts round = new OutcomeCounts(observations.observables().size());
        for (OutcomeCounts share : shares) {
            round.add(share);
            share.clear();
        }
        total.add(round);
        Map<String, Long> states = states(round);
        double found = wanted.isEmpty()
                ? states.values().stream().mapToLong(Long::longValue).sum()
                        - states.values().stream().mapToLong(Long::longValue).max().orElse(0)
                : states.entrySet().stream().filter(e -> wanted.contains(e.getKey())).mapToLong(Map.Entry::getValue)
                        .sum();
        double rate = found / roundNanos;
        if (plan == best) {
            // Measured again whenever it is used: luck does not keep it.
            bestRate = (bestRate + rate) / 2;
        } else if (rate > bestRate) {
            best = plan;
            bestRate = rate;
        }
        rounds++;
    }

    private void next() {
        boolean explore = best == null || bestRate <= 0 || rounds < EXPLORING_ROUNDS || random.nextInt(8) == 0;
        plan = explore
                ? RunPlan.random(random, threads, crowded)
                : random.nextInt(4) == 0 ? best.varied(random, crowded) : best;
        String key = plan.strideBytes() + "/" + plan.skewBytes();
        area = areas.computeIfAbsent(key, _ -> area(plan));
    }

    private InstanceArea area(RunPlan forPlan) {
        int variables = Math.max(1, InstanceLayout.variables(test).size());
        int count = Math.clamp(AREA_BYTES / ((long) forPlan.strideBytes() * variables), 256, MAXIMUM_INSTANCES);
        InstanceLayout layout = InstanceLayout.of(test, forPlan.strideBytes(), count, forPlan.skewBytes());
        return new InstanceArea(test, observations, memory, layout, System.getProperty("os.arch"));
    }

    /** Counts by state as text; states outside the test's filter are left out. */
    private Map<String, Long> states(OutcomeCounts counts) {
        Map<String, Long> states = new HashMap<>();
        counts.all().forEach((outcome, count) -> {
            long[] values = observations.typed(outcome.stream().mapToLong(Long::longValue).toArray());
            if (test.filter().isEmpty() || observations.holds(test.filter().get(), values)) {
                states.merge(observations.state(values).text(observations.reported()), count, Long::sum);
            }
        });
        return states;
    }
}
