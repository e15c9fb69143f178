package dev.assay.scan.corpus;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

@SuppressWarnings("unused")
final class CompositeState {
    static final class WrongMean {
        private final AtomicLong sum = new AtomicLong();
        private final AtomicLong count = new AtomicLong();

        void add(long value) {
            sum.addAndGet(value);
            count.incrementAndGet();
        }

        long mean() {
            return sum.get() / count.get();
        }
    }

    static final class WrongMapAndCount {
        private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
        private final AtomicInteger size = new AtomicInteger();

        void put(String key, String value) {
            map.put(key, value);
            size.incrementAndGet();
        }

        boolean agrees() {
            return map.size() == size.get();
        }
    }

    static final class WrongRange {
        private final AtomicInteger low = new AtomicInteger();
        private final AtomicInteger high = new AtomicInteger(10);

        void move(int by) {
            low.addAndGet(by);
            high.addAndGet(by);
        }

        int width() {
            return high.get() - low.get();
        }
    }

    static final class RightRecord {
        private record Mean(long sum, long count) {}

        private final AtomicReference<Mean> mean = new AtomicReference<>(new Mean(0, 0));

        void add(long value) {
            mean.updateAndGet(old -> new Mean(old.sum + value, old.count + 1));
        }

        long mean() {
            Mean now = mean.get();
            return now.sum / now.count;
        }
    }

    static final class RightLocked {
        private final AtomicLong sum = new AtomicLong();
        private final AtomicLong count = new AtomicLong();

        synchronized void add(long value) {
            sum.addAndGet(value);
            count.incrementAndGet();
        }

        synchronized long mean() {
            return sum.get() / count.get();
        }
    }

    static final class RightIndependent {
        private final AtomicLong hits = new AtomicLong();
        private final AtomicLong misses = new AtomicLong();

        void hit() {
            hits.incrementAndGet();
        }

        void miss() {
            misses.incrementAndGet();
        }

        long total() {
            return hits.get() + misses.get();
        }
    }
}
