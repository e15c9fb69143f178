package dev.assay.scan.demonstration;

import dev.assay.scan.demonstration.Demonstration.Tally;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Two threads, and what one of them sees or loses. */
final class Races {
    private static final int TURNS = 1_000_000;
    private static final String ONE_CORE = "With one core, or little luck, no two threads meet within the gap; it is still there.";

    static final List<Demonstration> ALL = List.of(
            new Demonstration("hazard.double-checked-locking",
                    "One thread makes objects and stores them in a plain field, another reads their plain fields.",
                    "reads found a field that was not written yet", List.of(),
                    "x86 and s390x keep stores in order, so their hardware cannot show it and only a compiler could; on aarch64"
                            + " and riscv64 the test MP decides: assay litmus run.",
                    Races::halfPublished),
            new Demonstration("hazard.unsafe-publication",
                    "A constructor stores the object in a static field and goes on writing; another thread reads it.",
                    "objects were seen unfinished", List.of(), ONE_CORE, Races::unfinished),
            new Demonstration("hazard.volatile-read-modify-write", "Two threads increment one volatile field.",
                    "increments were lost", List.of(), ONE_CORE, Races::lostIncrements),
            new Demonstration("hazard.check-then-act",
                    "Two threads count in one ConcurrentHashMap by put(key, get(key) + 1).", "updates were lost",
                    List.of(), ONE_CORE, Races::lostUpdates),
            new Demonstration("hazard.composite-state",
                    "One thread raises two atomics that must be equal, another reads both.",
                    "reads found them different", List.of(), ONE_CORE, Races::torn));

    private Races() {}

    private static final class Box {
        private final int[] padding = new int[8];
        private int first;
        private int last;

        Box(int value) {
            first = value;
            padding[value & 7] = value;
            last = value;
        }
    }

    private static final class Shared {
        private Box box = new Box(1);
        private volatile boolean over;
    }

    private static Tally halfPublished() throws InterruptedException {
        Shared shared = new Shared();
        long[] reads = new long[2];
        Pair.run(() -> {
            for (int i = 1; i <= 20 * TURNS; i++) {
                shared.box = new Box(i | 1);
            }
            shared.over = true;
        }, () -> {
            while (!shared.over) {
                Box box = shared.box;
                reads[0]++;
                if (box.last == 0 || box.first == 0) {
                    reads[1]++;
                }
            }
        });
        return new Tally(reads[1], Math.max(1, reads[0]));
    }

    private static final class Early {
        private static volatile Early latest;
        private final int number;
        private int limit;

        Early(int number) {
            this.number = number;
            latest = this;
            limit = 10;
        }
    }

    private static Tally unfinished() throws InterruptedException {
        long[] seen = new long[2];
        boolean[] unfinished = new boolean[TURNS + 1];
        Pair.run(() -> {
            for (int i = 1; i <= TURNS; i++) {
                new Early(i);
            }
        }, () -> {
            int number = 0;
            while (number < TURNS) {
                Early early = Early.latest;
                if (early != null && early.limit == 0) {
                    unfinished[early.number] = true;
                }
                number = early == null ? 0 : early.number;
            }
        });
        for (boolean one : unfinished) {
            seen[0] += one ? 1 : 0;
        }
        return new Tally(seen[0], TURNS);
    }

    private static final class Counter {
        private volatile int hits;

        void hit() {
            hits++;
        }
    }

    private static Tally lostIncrements() throws InterruptedException {
        // Enough that a thread that is late to its core still meets the other.
        int turns = 10 * TURNS;
        Counter counter = new Counter();
        Runnable count = () -> {
            for (int i = 0; i < turns; i++) {
                counter.hit();
            }
        };
        Pair.run(count, count);
        return new Tally(2L * turns - counter.hits, 2L * turns);
    }

    private static Tally lostUpdates() throws InterruptedException {
        Map<String, Integer> map = new ConcurrentHashMap<>(Map.of("hits", 0));
        Runnable count = () -> {
            for (int i = 0; i < TURNS; i++) {
                map.put("hits", map.get("hits") + 1);
            }
        };
        Pair.run(count, count);
        return new Tally(2L * TURNS - map.get("hits"), 2L * TURNS);
    }

    private static Tally torn() throws InterruptedException {
        AtomicLong sum = new AtomicLong();
        AtomicInteger count = new AtomicInteger();
        long[] seen = new long[1];
        Pair.run(() -> {
            for (int i = 0; i < TURNS; i++) {
                sum.addAndGet(1);
                count.incrementAndGet();
            }
        }, () -> {
            for (int i = 0; i < TURNS; i++) {
                // The sum is raised first: while nothing is torn, it can only have grown between the two reads.
                int counted = count.get();
                long summed = sum.get();
                int after = count.get();
                if (counted == after && summed != counted) {
                    seen[0]++;
                }
            }
        });
        return new Tally(seen[0], TURNS);
    }
}
