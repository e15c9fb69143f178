package dev.assay.quantum;

import dev.assay.machine.Affinity;
import dev.assay.machine.MachineException;
import dev.assay.machine.SchedulingClass;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Issues the steps of a timed circuit at their due times from one thread, through a bounded queue, to a simulated device
 * that checks their order. The issuing loop allocates nothing, takes no lock and waits by looking at the clock.
 */
public final class Dispatcher {
    /** Where and how the issuing thread runs. */
    public enum Placement {
        DEFAULT, PINNED, REAL_TIME
    }

    /**
     * What came of it.
     *
     * @param issued steps that reached the device
     * @param outOfOrder steps that the device received before one that had to come earlier
     * @param lateness nanoseconds from due to issued: median, 99 %, 99.9 % and most; empty when it could not be tried
     * @param problem why this placement could not be tried, or null
     */
    public record Report(Placement placement, long issued, long outOfOrder, List<Long> lateness, String problem) {
        public Report {
            lateness = List.copyOf(lateness);
        }
    }

    private static final int CAPACITY = 1 << 12;
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
    private static final int PRIORITY = 10;

    /** Due times in nanoseconds after the start of a round, ascending, and for each step those that it must follow. */
    private final long[] due;
    private final int[][] after;
    private final long round;

    /**
     * @param schedule at least one step
     * @param rate steps a second, on average; the schedule's times are stretched or shrunk to it
     */
    public Dispatcher(Schedule schedule, double rate) {
        int steps = schedule.startNanos().length;
        if (steps == 0 || !(rate > 0)) {
            throw new MappingException("dispatching needs a circuit with steps and a rate above 0; there are " + steps
                    + " steps and the rate is " + rate);
        }
        Integer[] order = IntStream.range(0, steps).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> schedule.startNanos()[i])
                .thenComparingInt(i -> i));
        double stretch = schedule.makespanNanos() == 0 ? 1 : steps / rate * 1e9 / schedule.makespanNanos();
        due = new long[steps];
        after = new int[steps][];
        int[] last = new int[schedule.circuit().qubits()];
        Arrays.fill(last, -1);
        for (int k = 0; k < steps; k++) {
            due[k] = (long) (schedule.startNanos()[order[k]] * stretch);
            int[] on = schedule.circuit().operations().get(order[k]).qubits();
            after[k] = Arrays.stream(on).map(q -> last[q]).filter(i -> i >= 0).distinct().toArray();
            for (int q : on) {
                last[q] = k;
            }
        }
        round = (long) (steps / rate * 1e9) + 1;
    }

    /** Issues so many steps, the circuit again and again. */
    public Report run(Placement placement, long steps) {
        Ring ring = new Ring(CAPACITY);
        Histogram lateness = new Histogram(LONGEST, 3);
        AtomicReference<String> problem = new AtomicReference<>();
        Thread issuer = new Thread(() -> {
            String refused = take(placement);
            if (refused != null) {
                problem.set(refused);
                while (!ring.offer(Long.MAX_VALUE)) {
                    Thread.onSpinWait();
                }
                return;
            }
            issue(ring, lateness, steps);
        }, "dispatcher");
        issuer.setDaemon(true);
        issuer.start();
        long wrong = receive(ring, steps);
        try {
            issuer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("dispatching was interrupted", e);
        }
        if (problem.get() != null) {
            return new Report(placement, 0, 0, List.of(), problem.get());
        }
        return new Report(placement, steps, wrong, List.of(lateness.getValueAtPercentile(50),
                lateness.getValueAtPercentile(99), lateness.getValueAtPercentile(99.9), lateness.getMaxValue()), null);
    }

    private void issue(Ring ring, Histogram lateness, long steps) {
        long start = System.nanoTime() + 1_000_000;
        int length = due.length;
        int k = 0;
        long roundStart = start;
        for (long i = 0; i < steps; i++) {
            long at = roundStart + due[k];
            long now = System.nanoTime();
            while (now - at < 0) {
                Thread.onSpinWait();
                now = System.nanoTime();
            }
            while (!ring.offer(i)) {
                Thread.onSpinWait();
                now = System.nanoTime();
            }
            lateness.recordValue(Math.min(LONGEST, now - at));
            if (++k == length) {
                k = 0;
                roundStart += round;
            }
        }
    }

    /** The device: every step must come once, after those that it must follow in its round. */
    private long receive(Ring ring, long steps) {
        long wrong = 0;
        long[] seenInRound = new long[due.length];
        Arrays.fill(seenInRound, -1);
        long idle = 0;
        for (long received = 0; received < steps;) {
            long entry = ring.poll();
            if (entry == Ring.EMPTY) {
                // The device may share its core with the issuer: let it run.
                if (++idle % 64 == 0) {
                    Thread.yield();
                } else {
                    Thread.onSpinWait();
                }
                continue;
            }
            if (entry == Long.MAX_VALUE) {
                return wrong;
            }
            int k = (int) (entry % due.length);
            long inRound = entry / due.length;
            boolean inOrder = seenInRound[k] == inRound - 1;
            for (int before : after[k]) {
                inOrder &= seenInRound[before] == inRound;
            }
            seenInRound[k] = inRound;
            wrong += inOrder ? 0 : 1;
            received++;
        }
        return wrong;
    }

    /** Puts the calling thread where it is asked to run; says why not, or null. The thread ends with its run. */
    private static String take(Placement placement) {
        if (placement == Placement.DEFAULT) {
            return null;
        }
        if (!Affinity.supported()) {
            return "threads cannot be pinned on this system";
        }
        try {
            dev.assay.machine.Placement wanted = dev.assay.machine.Placement.on(Affinity.current().length() - 1);
            if (placement == Placement.REAL_TIME) {
                wanted = wanted.with(new SchedulingClass.Fifo(PRIORITY));
            }
            return wanted.apply().stream()
                    .filter(dev.assay.machine.Placement.Refused.class::isInstance)
                    .map(dev.assay.machine.Placement.Refused.class::cast)
                    .map(refused -> refused.what() + " was refused: " + refused.reason() + "; " + refused.remedy())
                    .reduce((one, other) -> one + "; " + other).orElse(null);
        } catch (MachineException e) {
            return e.getMessage();
        }
    }
}
