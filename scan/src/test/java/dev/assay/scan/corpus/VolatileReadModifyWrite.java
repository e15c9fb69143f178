package dev.assay.scan.corpus;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

@SuppressWarnings("unused")
final class VolatileReadModifyWrite {
    static final class WrongIncrement {
        private volatile int hits;

        void hit() {
            hits++;
        }
    }

    static final class WrongStaticAdd {
        private static volatile long total;

        static void add(long amount) {
            total += amount;
        }
    }

    static final class WrongSpelledOut {
        private volatile int mask;

        void set(int bit) {
            int old = mask;
            int fresh = old | 1 << bit;
            mask = fresh;
        }
    }

    static final class RightAtomic {
        private final AtomicInteger hits = new AtomicInteger();

        void hit() {
            hits.incrementAndGet();
        }
    }

    static final class RightSynchronized {
        private volatile int hits;

        synchronized void hit() {
            hits++;
        }
    }

    static final class RightLock {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile int hits;

        void hit() {
            lock.lock();
            try {
                bump();
            } finally {
                lock.unlock();
            }
        }

        private void bump() {
            hits++;
        }
    }

    static final class RightPlainStore {
        private volatile int state;

        void advance(int to) {
            state = to + 1;
        }
    }
}
