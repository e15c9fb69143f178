package dev.assay.litmus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * A way to keep a map entry and its version number in step, in Java. One thread changes both; another reads both. The entry's
 * value is the version that it belongs to, so that a reader sees at once when the two do not belong together.
 */
enum PairDesign {
    /** The order in which most people write it. */
    ENTRY_THEN_VERSION("entry, then version",
            "ConcurrentHashMap.put, then AtomicLong.set; the reader asks in the same order. Each call is atomic, the pair is not",
            List.of(Read.ENTRY, Read.VERSION), Separate::new),
    /** The careful order. */
    VERSION_READ_FIRST("version read first",
            "the reader asks for the version first: an old entry never has a new version, but a new entry may have an old one",
            List.of(Read.VERSION, Read.ENTRY), ReversedReader::new),
    /** The repair that looks right. */
    VERSION_READ_TWICE("version read before and after",
            "the reader accepts when the version did not change meanwhile; the entry changes before the version does, so it is accepted too early",
            List.of(Read.VERSION, Read.ENTRY, Read.VERSION), Checked::new),
    /** A fix. */
    LOCK("lock", "one ReentrantLock around both changes and around both reads", List.of(Read.ENTRY, Read.VERSION),
            Locked::new),
    /** A fix. */
    ONE_REFERENCE("one immutable record", "entry and version in one record, and one AtomicReference to it",
            List.of(Read.ENTRY, Read.VERSION), OneReference::new),
    /** A fix. */
    RECORD_IN_MAP("immutable record in the map", "the version is part of the map's value: one put, one get",
            List.of(Read.ENTRY, Read.VERSION), RecordInMap::new),
    /** A fix. */
    STAMPED_LOCK("StampedLock", "readers read without locking and read again when the stamp is no longer valid",
            List.of(Read.ENTRY, Read.VERSION), Stamped::new),
    /** A fix. */
    SEQLOCK("sequence lock", "a counter is odd while the pair changes; readers read again when it was odd or has moved",
            List.of(Read.ENTRY, Read.VERSION), Sequenced::new);

    private final String words;
    private final String says;
    private final List<Read> reads;
    private final Supplier<Pair> pair;

    PairDesign(String words, String says, List<Read> reads, Supplier<Pair> pair) {
        this.words = words;
        this.says = says;
        this.reads = reads;
        this.pair = pair;
    }

    /** What a reader asks for. */
    enum Read {
        ENTRY, VERSION
    }

    /** What people call it. */
    String words() {
        return words;
    }

    /** What it does, and what to make of it. */
    String says() {
        return says;
    }

    /** What a reader asks for, in its order. */
    List<Read> reads() {
        return reads;
    }

    Pair pair() {
        return pair.get();
    }

    /** An entry and its version number. */
    interface Pair {
        /** Gives entry and version this number. */
        void change(long version);

        /** Reads into {@code seen}, in the design's order; false when the design itself finds that it must read again. */
        boolean read(long[] seen);
    }

    private static final String KEY = "key";

    private static class Separate implements Pair {
        final ConcurrentHashMap<String, Long> map = new ConcurrentHashMap<>();
        final AtomicLong version = new AtomicLong();

        Separate() {
            map.put(KEY, 0L);
        }

        @Override
        public void change(long to) {
            map.put(KEY, to);
            version.set(to);
        }

        @Override
        public boolean read(long[] seen) {
            seen[0] = map.get(KEY);
            seen[1] = version.get();
            return true;
        }
    }

    private static final class ReversedReader extends Separate {
        @Override
        public boolean read(long[] seen) {
            seen[0] = version.get();
            seen[1] = map.get(KEY);
            return true;
        }
    }

    private static final class Checked extends Separate {
        @Override
        public boolean read(long[] seen) {
            seen[0] = version.get();
            seen[1] = map.get(KEY);
            seen[2] = version.get();
            return seen[0] == seen[2];
        }
    }

    private static final class Locked extends Separate {
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public void change(long to) {
            lock.lock();
            try {
                super.change(to);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean read(long[] seen) {
            lock.lock();
            try {
                return super.read(seen);
            } finally {
                lock.unlock();
            }
        }
    }

    private record Versioned(long entry, long version) {}

    private static final class OneReference implements Pair {
        private final AtomicReference<Versioned> reference = new AtomicReference<>(new Versioned(0, 0));

        @Override
        public void change(long to) {
            reference.set(new Versioned(to, to));
        }

        @Override
        public boolean read(long[] seen) {
            Versioned now = reference.get();
            seen[0] = now.entry;
            seen[1] = now.version;
            return true;
        }
    }

    private static final class RecordInMap implements Pair {
        private final ConcurrentHashMap<String, Versioned> map = new ConcurrentHashMap<>();

        RecordInMap() {
            map.put(KEY, new Versioned(0, 0));
        }

        @Override
        public void change(long to) {
            map.put(KEY, new Versioned(to, to));
        }

        @Override
        public boolean read(long[] seen) {
            Versioned now = map.get(KEY);
            seen[0] = now.entry;
            seen[1] = now.version;
            return true;
        }
    }

    private static final class Stamped extends Separate {
        private final StampedLock lock = new StampedLock();

        @Override
        public void change(long to) {
            long stamp = lock.writeLock();
            try {
                super.change(to);
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        @Override
        public boolean read(long[] seen) {
            long stamp = lock.tryOptimisticRead();
            super.read(seen);
            return stamp != 0 && lock.validate(stamp);
        }
    }

    /** After H.-J. Boehm, "Can seqlocks get along with programming language memory models?", MSPC 2012. */
    private static final class Sequenced implements Pair {
        private static final VarHandle SEQUENCE = field("sequence");
        private static final VarHandle ENTRY = field("entry");
        private static final VarHandle VERSION = field("version");

        @SuppressWarnings("unused") // reached through its handle
        private long sequence;
        @SuppressWarnings("unused") // reached through its handle
        private long entry;
        @SuppressWarnings("unused") // reached through its handle
        private long version;

        private static VarHandle field(String name) {
            try {
                return MethodHandles.lookup().findVarHandle(Sequenced.class, name, long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @Override
        public void change(long to) {
            long now = (long) SEQUENCE.getOpaque(this);
            SEQUENCE.setOpaque(this, now + 1);
            VarHandle.storeStoreFence();
            ENTRY.setOpaque(this, to);
            VERSION.setOpaque(this, to);
            SEQUENCE.setRelease(this, now + 2);
        }

        @Override
        public boolean read(long[] seen) {
            long before = (long) SEQUENCE.getAcquire(this);
            seen[0] = (long) ENTRY.getOpaque(this);
            seen[1] = (long) VERSION.getOpaque(this);
            VarHandle.loadLoadFence();
            return (before & 1) == 0 && (long) SEQUENCE.getOpaque(this) == before;
        }
    }

    /** Whether these values, read in the design's order, do not belong together. */
    boolean torn(long[] seen) {
        for (int i = 1; i < reads.size(); i++) {
            if (seen[i] != seen[0]) {
                return true;
            }
        }
        return false;
    }
}
