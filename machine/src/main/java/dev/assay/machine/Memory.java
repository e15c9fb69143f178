package dev.assay.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Main memory and its pages.
 *
 * @param pageBytes the page size to use: as read, else 4 KiB
 * @param page the page size as read, or why it is not known
 * @param hugePages each size of explicit huge page, the smallest first, with the number reserved
 * @param transparentHugePages the mode in force: always, madvise or never
 * @param transparentHugeBytes the size of a transparent huge page
 * @param swapTotalBytes zero is a machine without swap
 */
public record Memory(Reading<Long> totalBytes, Reading<Long> availableBytes, int pageBytes, Reading<Integer> page,
        List<HugePages> hugePages, Reading<String> transparentHugePages, Reading<String> transparentHugeDefrag,
        Reading<Long> transparentHugeBytes, Reading<Long> swapTotalBytes, Reading<Long> swapFreeBytes,
        Reading<Long> swappiness) {
    public Memory {
        hugePages = List.copyOf(hugePages);
    }

    /**
     * One size of explicit huge page (Documentation/admin-guide/mm/hugetlbpage.rst).
     *
     * @param reserved pages in the pool
     * @param free of those, how many nobody uses
     */
    public record HugePages(long bytes, Reading<Long> reserved, Reading<Long> free) {}

    static Memory read(Root root) {
        Reading<Map<String, String>> info = root.text("/proc/meminfo").map(text -> Parse.pairs(text, ':'));
        Reading<Integer> page = page(root, info);
        String thp = "/sys/kernel/mm/transparent_hugepage/";
        return new Memory(bytes(info, "MemTotal"), bytes(info, "MemAvailable").or(() -> bytes(info, "MemFree")),
                page.orElse(4096), page, hugePages(root), root.word(thp + "enabled").map(Memory::chosen),
                root.word(thp + "defrag").map(Memory::chosen), root.number(thp + "hpage_pmd_size"),
                bytes(info, "SwapTotal"), bytes(info, "SwapFree"), root.number("/proc/sys/vm/swappiness"));
    }

    /** The page size of the machine that runs this; it does not change. */
    static int pageBytesHere() {
        return Here.PAGE;
    }

    private static final class Here {
        static final int PAGE = Auxiliary.read(Root.live()).pageBytes().orElse(4096);
    }

    private static Reading<Long> bytes(Reading<Map<String, String>> info, String key) {
        return info.flatMap(pairs -> pairs.containsKey(key)
                ? Reading.known(pairs.get(key), "/proc/meminfo").map(Parse::bytes)
                : Reading.<Long>unsupported("/proc/meminfo has no " + key));
    }

    /** The kernel writes the page size into its smaps; else a huge page is one page of page-table entries (8 bytes). */
    private static Reading<Integer> page(Root root, Reading<Map<String, String>> info) {
        Reading<Integer> stated = Auxiliary.read(root).pageBytes();
        return stated.or(() -> bytes(info, "Hugepagesize").flatMap(huge -> {
            for (int page = 4096; page <= 1 << 16; page <<= 1) {
                if ((long) page * (page / 8) == huge) {
                    return Reading.known(page, "/proc/meminfo, Hugepagesize " + huge);
                }
            }
            return Reading.<Integer>unsupported("no page size has huge pages of " + huge + " bytes one level up");
        }));
    }

    private static List<HugePages> hugePages(Root root) {
        List<HugePages> sizes = new ArrayList<>();
        String directory = "/sys/kernel/mm/hugepages";
        for (String name : root.names(directory)) {
            if (name.matches("hugepages-[0-9]{1,12}kB")) {
                long bytes = Parse.number(name.substring(10, name.length() - 2)) << 10;
                String path = directory + "/" + name;
                sizes.add(new HugePages(bytes, root.number(path + "/nr_hugepages"),
                        root.number(path + "/free_hugepages")));
            }
        }
        return sizes;
    }

    /** Files that offer a choice mark the one in force: {@code always [madvise] never}. */
    static String chosen(String line) {
        int open = line.indexOf('[');
        int close = line.indexOf(']', open + 1);
        if (open < 0 || close < 0) {
            throw new IllegalArgumentException("one choice in brackets was expected, not '" + Parse.shown(line) + "'");
        }
        return line.substring(open + 1, close);
    }
}
