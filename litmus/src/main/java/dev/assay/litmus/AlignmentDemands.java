package dev.assay.litmus;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What devices demand of memory's alignment (lines, sectors, pages), how often memory that was allocated without asking meets it, and
 * what becomes of direct input that does not.
 */
final class AlignmentDemands {
    private static final int[] DEMANDS = {64, 512, 2048, 4096};
    private static final int ALLOCATIONS = 500;
    private static final int LARGEST = 1 << 16;
    private static final int PAGE = 4096;
    private static final long SEED = 1;

    /** Ways to allocate native memory. */
    private enum Way {
        /** Without asking. */
        DIRECT("ByteBuffer.allocateDirect(size)"),
        /** Without asking. */
        SEGMENT("Arena.allocate(size)"),
        /** As the device demands. */
        ALIGNED_SEGMENT("Arena.allocate(size, alignment)"),
        /** As the device demands. */
        ALIGNED_SLICE("allocateDirect(size + alignment).alignedSlice(alignment)");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        private long address(Arena arena, int size, int demand) {
            return switch (this) {
                case DIRECT -> address(ByteBuffer.allocateDirect(size));
                case SEGMENT -> arena.allocate(size).address();
                case ALIGNED_SEGMENT -> arena.allocate(size, demand).address();
                case ALIGNED_SLICE -> address(ByteBuffer.allocateDirect(size + demand).alignedSlice(demand));
            };
        }

        private static long address(ByteBuffer buffer) {
            return java.lang.foreign.MemorySegment.ofBuffer(buffer).address();
        }
    }

    private AlignmentDemands() {}

    /** How many of so many allocations of random sizes begin where the demand is not met. */
    static List<Map<String, Object>> allocations() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Way way : Way.values()) {
            for (int demand : DEMANDS) {
                rows.add(allocations(way, demand));
            }
        }
        return rows;
    }

    private static Map<String, Object> allocations(Way way, int demand) {
        Random sizes = new Random(SEED);
        int missed = 0;
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < ALLOCATIONS; i++) {
                missed += way.address(arena, 1 + sizes.nextInt(LARGEST), demand) % demand == 0 ? 0 : 1;
            }
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("how", way.words);
        row.put("demand", demand);
        row.put("allocations", ALLOCATIONS);
        row.put("misaligned", missed);
        return row;
    }

    /** What becomes of reads past the page cache (O_DIRECT) into buffers so far from the start of a page. */
    static List<Map<String, Object>> directInput() {
        List<Map<String, Object>> rows = new ArrayList<>();
        try {
            Path file = Files.createTempFile("assay-direct", ".input");
            try {
                Files.write(file, new byte[2 * PAGE]);
                for (int offset : new int[]{0, 2048, 512, 64, 1}) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("offset", offset);
                    row.put("outcome", read(file, offset));
                    rows.add(row);
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            rows.add(Map.of("offset", 0, "outcome", "no file to read: " + e.getMessage()));
        }
        return rows;
    }

    private static String read(Path file, int offset) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4 * PAGE).alignedSlice(PAGE).slice(offset, PAGE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, direct())) {
            return "reads " + channel.read(buffer) + " bytes";
        } catch (IOException | UnsupportedOperationException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /** In the module jdk.unsupported, which a JVM need not have and a compiler warns of. */
    private static OpenOption direct() {
        try {
            return Arrays.stream(Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants())
                    .map(OpenOption.class::cast).filter(option -> option.toString().equals("DIRECT")).findFirst()
                    .orElseThrow();
        } catch (ClassNotFoundException e) {
            throw new UnsupportedOperationException("this JVM has no direct input", e);
        }
    }
}
