package dev.assay.scan.corpus;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

@SuppressWarnings("unused")
final class PlainSharedWide {
    static final class WrongRunnable implements Runnable {
        private long done;

        @Override
        public void run() {
            for (int i = 0; i < 1000; i++) {
                done++;
            }
        }

        long done() {
            return done;
        }
    }

    static final class WrongLambda {
        private double last;

        void start(ExecutorService pool) {
            pool.execute(() -> last = Math.random());
        }

        double last() {
            return last;
        }
    }

    static final class WrongThroughPrivateMethod extends Thread {
        private long beats;

        @Override
        public void run() {
            beat();
        }

        private void beat() {
            beats = System.nanoTime();
        }

        public long beats() {
            return beats;
        }
    }

    static final class RightVolatile implements Runnable {
        private volatile long done;

        @Override
        public void run() {
            done = 1;
        }

        long done() {
            return done;
        }
    }

    static final class RightAtomic implements Runnable {
        private final AtomicLong done = new AtomicLong();

        @Override
        public void run() {
            done.incrementAndGet();
        }

        long done() {
            return done.get();
        }
    }

    static final class RightLocked implements Runnable {
        private long done;

        @Override
        public void run() {
            synchronized (this) {
                done++;
            }
        }

        synchronized long done() {
            return done;
        }
    }

    static final class RightJoined extends Thread {
        private long sum;

        @Override
        public void run() {
            sum = 42;
        }

        long result() throws InterruptedException {
            join();
            return sum;
        }
    }
}
