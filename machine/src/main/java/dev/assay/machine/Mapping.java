package dev.assay.machine;

import java.lang.foreign.MemorySegment;

/**
 * Memory of this process on pages of a chosen size, touched, so that what was obtained is known and not hoped for.
 *
 * <p>
 * Outside the Java heap and not counted against it; zero at first. Closing gives it back.
 */
public final class Mapping implements AutoCloseable {
    private static final Libc.Function MMAP = Libc.function("mmap", 6);
    private static final Libc.Function MUNMAP = Libc.intFunction("munmap", 2);
    private static final Libc.Function MADVISE = Libc.intFunction("madvise", 3);
    private static final long READ_WRITE = 3;
    private static final long PRIVATE_ANONYMOUS = 0x22;
    private static final long HUGETLB = 0x40000;
    private static final int HUGE_SHIFT = 26;
    private static final long MADV_HUGEPAGE = 14;
    private static final long MADV_NOHUGEPAGE = 15;

    /** Which pages are wanted. */
    public enum Kind {
        /** The ordinary page of the machine, huge pages forbidden (MADV_NOHUGEPAGE). */
        ORDINARY,
        /** Transparent huge pages (MADV_HUGEPAGE): the kernel gives them when it can. */
        TRANSPARENT_HUGE,
        /** Explicit huge pages from the pool (MAP_HUGETLB): they must have been reserved. */
        EXPLICIT_HUGE
    }

    /**
     * What the kernel gave.
     *
     * @param hugeBytes of {@code bytes}, how much lies on huge pages
     * @param says in a sentence, with the remedy where it is less than was wanted
     */
    public record Obtained(Kind wanted, long bytes, Reading<Long> hugeBytes, String says) {
        /** Whether all of it is what was wanted. */
        public boolean asWanted() {
            return hugeBytes.map(huge -> wanted == Kind.ORDINARY ? huge == 0 : huge >= bytes).orElse(false);
        }
    }

    private final MemorySegment whole;
    private final MemorySegment segment;
    private final Obtained obtained;

    private Mapping(MemorySegment whole, MemorySegment segment, Obtained obtained) {
        this.whole = whole;
        this.segment = segment;
        this.obtained = obtained;
    }

    /** The memory, at least as long as was asked for, aligned to its pages. Valid until closed. */
    public MemorySegment segment() {
        return segment;
    }

    public Obtained obtained() {
        return obtained;
    }

    /** Maps memory with explicit huge pages of the kernel's default size. */
    public static Reading<Mapping> map(long bytes, Kind kind) {
        Memory memory = Memory.read(Root.live());
        long huge = memory.transparentHugeBytes().orElse(2L << 20);
        if (kind == Kind.EXPLICIT_HUGE && !memory.hugePages().isEmpty()) {
            huge = Root.live().text("/proc/meminfo")
                    .map(text -> Parse.bytes(Parse.pairs(text, ':').getOrDefault("Hugepagesize", "2048 kB")))
                    .orElse(huge);
        }
        return map(bytes, kind, huge);
    }

    /**
     * Maps and touches memory.
     *
     * @param bytes at least one; rounded up to whole pages of the kind
     * @param hugeBytes the size of the huge page, a power of two; what an ordinary mapping is aligned to as well, so that
     *        kinds differ in nothing else
     * @return unreadable, with the remedy, where the kernel refuses; a transparent mapping that got ordinary pages is
     *         known and says so in {@link #obtained}
     */
    @SuppressWarnings("restricted")
    public static Reading<Mapping> map(long bytes, Kind kind, long hugeBytes) {
        if (bytes < 1 || hugeBytes < 4096 || Long.bitCount(hugeBytes) != 1 || bytes > Long.MAX_VALUE - 2 * hugeBytes) {
            throw new IllegalArgumentException(
                    "a mapping has a size from 1 and a huge page that is a power of two from "
                            + "4096, not " + bytes + " bytes and " + hugeBytes);
        }
        if (!System.getProperty("os.name").equals("Linux")) {
            return Reading.unsupported("pages are chosen on Linux only; this is " + System.getProperty("os.name"));
        }
        boolean explicit = kind == Kind.EXPLICIT_HUGE;
        long rounded = bytes + hugeBytes - 1 & -hugeBytes;
        long length = explicit ? rounded : rounded + hugeBytes; // room to align
        long flags = PRIVATE_ANONYMOUS
                | (explicit ? HUGETLB | (long) Long.numberOfTrailingZeros(hugeBytes) << HUGE_SHIFT : 0);
        Libc.Result mapped = MMAP.call(0, length, READ_WRITE, flags, -1, 0);
        if (mapped.failed()) {
            return Reading.unreadable("mapping " + rounded + " bytes was refused: " + Libc.describe(mapped.errno())
                    + (explicit
                            ? "; reserve pages: echo " + rounded / hugeBytes
                                    + " > /sys/kernel/mm/hugepages/hugepages-" + (hugeBytes >> 10) + "kB/nr_hugepages"
                            : "; ask for less, or raise the memory limit"));
        }
        MemorySegment whole = MemorySegment.ofAddress(mapped.value()).reinterpret(length);
        long offset = -mapped.value() & hugeBytes - 1;
        MemorySegment segment = whole.asSlice(explicit ? 0 : offset, rounded);
        String advice = "";
        if (!explicit) {
            Libc.Result advised = MADVISE.call(segment, rounded,
                    kind == Kind.TRANSPARENT_HUGE ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
            advice = advised.failed() ? " (madvise: " + Libc.describe(advised.errno()) + ")" : "";
        }
        segment.fill((byte) 0);
        return Reading.known(new Mapping(whole, segment, obtained(segment, kind, advice)), "mmap");
    }

    private static Obtained obtained(MemorySegment segment, Kind kind, String advice) {
        long bytes = segment.byteSize();
        Reading<Long> huge = Pages.backing(segment).map(Pages.Backing::hugeBytes);
        String found = huge.map(count -> count + " of " + bytes + " bytes are on huge pages")
                .orElse("which pages were given cannot be told: " + huge.because());
        boolean less = kind == Kind.TRANSPARENT_HUGE && huge.orElse(bytes) < bytes;
        return new Obtained(kind, bytes, huge, found + advice + (less
                ? "; set /sys/kernel/mm/transparent_hugepage/enabled to madvise or always, and free or compact memory "
                        + "(echo 1 > /proc/sys/vm/compact_memory)"
                : ""));
    }

    @Override
    public void close() {
        MUNMAP.call(whole, whole.byteSize());
    }
}
