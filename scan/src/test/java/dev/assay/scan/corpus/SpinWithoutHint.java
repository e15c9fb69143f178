package dev.assay.scan.corpus;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

@SuppressWarnings("unused")
final class SpinWithoutHint {
    static final class WrongVolatile {
        private volatile boolean ready;

        void await() {
            while (!ready) {
            }
        }

        void done() {
            ready = true;
        }
    }

    static final class WrongAtomic {
        private final AtomicInteger state = new AtomicInteger();

        void await() {
            while (state.get() != 1) {
            }
        }
    }

    static final class WrongSpinLock {
        private final AtomicBoolean held = new AtomicBoolean();

        void lock() {
            while (!held.compareAndSet(false, true)) {
            }
        }
    }

    static final class RightHint {
        private volatile boolean ready;

        void await() {
            while (!ready) {
                Thread.onSpinWait();
            }
        }

        void done() {
            ready = true;
        }
    }

    static final class RightRetry {
        private final AtomicInteger state = new AtomicInteger();

        void twice() {
            int old;
            do {
                old = state.get();
            } while (!state.compareAndSet(old, old * 2));
        }
    }

    static final class RightWork {
        private volatile boolean stop;

        void run() {
            while (!stop) {
                System.out.println("working");
            }
        }
    }
}
