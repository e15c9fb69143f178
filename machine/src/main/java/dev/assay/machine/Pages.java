package dev.assay.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which pages back a process's memory: resident or not, huge or not.
 *
 * <p>
 * A list of regions as /proc/PID/smaps has them (Documentation/filesystems/proc.rst); reading it walks the page tables
 * and takes milliseconds per gigabyte. {@link #backing} asks for one range exactly, by the PAGEMAP_SCAN call where the
 * kernel has it (6.7), else by the regions that the range touches.
 *
 * @param regions in ascending order of address
 */
public record Pages(List<Region> regions) {
    public Pages {
        regions = List.copyOf(regions);
    }

    /**
     * One mapping of a process.
     *
     * @param pageBytes the size of the pages that the kernel maps it with (huge for explicit huge pages)
     * @param transparentBytes what is backed by transparent huge pages
     * @param explicitBytes what is backed by explicit huge pages
     */
    public record Region(long start, long end, String name, long pageBytes, long residentBytes, long transparentBytes,
            long explicitBytes, long swappedBytes, long lockedBytes) {
        public long bytes() {
            return end - start;
        }
    }

    /**
     * What backs a range.
     *
     * @param residentBytes of {@code bytes}, how much has a page now
     * @param hugeBytes of those, how much lies on huge pages of either kind
     * @param exact false when the range is part of a larger region and the kernel cannot be asked about the part; then
     *        the figures are the region's, clipped to the range
     */
    public record Backing(long bytes, long residentBytes, long hugeBytes, boolean exact) {}

    public static Reading<Pages> read() {
        return read(Root.live(), "self");
    }

    public static Reading<Pages> read(long pid) {
        return read(Root.live(), Long.toString(pid));
    }

    static Reading<Pages> read(Root root, String process) {
        return root.text("/proc/" + process + "/smaps").map(Pages::parse);
    }

    static Pages parse(String text) {
        List<Region> regions = new ArrayList<>();
        String header = null;
        StringBuilder lines = new StringBuilder();
        for (String line : text.split("\n")) {
            // Keys begin with a capital; a region begins with its address in lower-case hexadecimal.
            boolean region = !line.isEmpty() && Character.digit(line.charAt(0), 16) >= 0
                    && !Character.isUpperCase(line.charAt(0));
            if (region) {
                add(regions, header, lines);
                header = line;
                lines.setLength(0);
            } else {
                lines.append(line).append('\n');
            }
        }
        add(regions, header, lines);
        return new Pages(regions);
    }

    private static void add(List<Region> regions, String header, CharSequence lines) {
        if (header == null) {
            return;
        }
        String[] words = header.split("\\s+", 6);
        int dash = words[0].indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("a region begins with start-end, not '" + Parse.shown(header) + "'");
        }
        Map<String, String> values = Parse.pairs(lines.toString(), ':');
        regions.add(new Region(address(words[0].substring(0, dash)), address(words[0].substring(dash + 1)),
                words.length > 5 ? words[5] : "", bytes(values, "KernelPageSize"), bytes(values, "Rss"),
                bytes(values, "AnonHugePages") + bytes(values, "ShmemPmdMapped") + bytes(values, "FilePmdMapped"),
                bytes(values, "Private_Hugetlb") + bytes(values, "Shared_Hugetlb"), bytes(values, "Swap"),
                bytes(values, "Locked")));
    }

    private static long address(String hexadecimal) {
        try {
            return Long.parseUnsignedLong(hexadecimal, 16);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("an address was expected, not '" + Parse.shown(hexadecimal) + "'", e);
        }
    }

    /** A line that a kernel does not write is a kind of page that it does not have. */
    private static long bytes(Map<String, String> values, String key) {
        return values.containsKey(key) ? Parse.bytes(values.get(key)) : 0;
    }

    /** What backs a segment of this process's memory. */
    public static Reading<Backing> backing(MemorySegment segment) {
        return backing(segment.address(), segment.byteSize());
    }

    /** What backs {@code bytes} from {@code address} on, in this process; whole pages are counted. */
    public static Reading<Backing> backing(long address, long bytes) {
        int page = Memory.pageBytesHere();
        long start = address & -page;
        long end = address + bytes + page - 1 & -page;
        return PageScan.scan(start, end).or(() -> read().map(pages -> pages.clipped(start, end)));
    }

    Backing clipped(long start, long end) {
        long resident = 0;
        long huge = 0;
        boolean exact = true;
        for (Region region : regions) {
            long within = Math.min(end, region.end) - Math.max(start, region.start);
            if (within > 0) {
                exact &= within == region.bytes();
                // Rss leaves explicit huge pages out (fs/proc/task_mmu.c).
                resident += Math.min(within, region.residentBytes + region.explicitBytes);
                huge += Math.min(within, region.transparentBytes + region.explicitBytes);
            }
        }
        return new Backing(end - start, resident, huge, exact);
    }

    /**
     * The PAGEMAP_SCAN call (include/uapi/linux/fs.h, since 6.7): twelve words in, regions of (start, end, categories)
     * out.
     */
    private static final class PageScan {
        private static final Libc.Function OPEN = Libc.intFunction("open", 2);
        private static final Libc.Function CLOSE = Libc.intFunction("close", 1);
        private static final Libc.Function IOCTL = Libc.function("ioctl", 3);
        private static final long PAGEMAP_SCAN = 0xC0606610L;
        private static final long PRESENT = 1 << 3;
        private static final long HUGE = 1 << 6;
        private static final int REGIONS = 512;

        private PageScan() {}

        static Reading<Backing> scan(long start, long end) {
            try (Arena arena = Arena.ofConfined()) {
                Libc.Result opened = OPEN.call(arena.allocateFrom("/proc/self/pagemap"), 0);
                if (opened.failed()) {
                    return Reading.unreadable("/proc/self/pagemap: " + Libc.describe(opened.errno()));
                }
                try {
                    return scan(arena, opened.value(), start, end);
                } finally {
                    CLOSE.call(opened.value());
                }
            }
        }

        private static Reading<Backing> scan(Arena arena, long descriptor, long start, long end) {
            MemorySegment found = arena.allocate(REGIONS * 24L, 8);
            MemorySegment argument = arena.allocate(96, 8);
            long resident = 0;
            long huge = 0;
            for (long at = start; at < end;) {
                argument.fill((byte) 0);
                set(argument, 0, 96);
                set(argument, 2, at);
                set(argument, 3, end);
                set(argument, 5, found.address());
                set(argument, 6, REGIONS);
                set(argument, 9, PRESENT); // category_mask: pages that are there
                set(argument, 11, PRESENT | HUGE);
                Libc.Result result = IOCTL.call(descriptor, PAGEMAP_SCAN, argument);
                if ((int) result.value() < 0) {
                    return Reading.unsupported("PAGEMAP_SCAN needs Linux 6.7: " + Libc.describe(result.errno()));
                }
                for (int i = 0; i < (int) result.value(); i++) {
                    long bytes = found.get(ValueLayout.JAVA_LONG, i * 24L + 8) - found.get(ValueLayout.JAVA_LONG,
                            i * 24L);
                    resident += bytes;
                    huge += (found.get(ValueLayout.JAVA_LONG, i * 24L + 16) & HUGE) != 0 ? bytes : 0;
                }
                long next = argument.get(ValueLayout.JAVA_LONG, 32); // walk_end
                at = next > at ? next : end;
            }
            return Reading.known(new Backing(end - start, resident, huge, true), "PAGEMAP_SCAN");
        }

        private static void set(MemorySegment argument, int word, long value) {
            argument.set(ValueLayout.JAVA_LONG, word * 8L, value);
        }
    }
}
