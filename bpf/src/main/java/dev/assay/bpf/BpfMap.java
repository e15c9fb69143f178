package dev.assay.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A table shared between the kernel's programs and this one. Keys and values are bytes as the program lays them out, in
 * this machine's order.
 */
public final class BpfMap implements AutoCloseable {
    static final int HASH = 1;
    static final int ARRAY = 2;
    static final int PROGRAM_ARRAY = 3;
    static final int PERF_EVENT_ARRAY = 4;
    static final int PERCPU_HASH = 5;
    static final int PERCPU_ARRAY = 6;
    static final int LRU_HASH = 9;
    static final int ARRAY_OF_MAPS = 12;
    static final int HASH_OF_MAPS = 13;
    static final int RINGBUF = 27;
    /** A value may be mapped into this process. */
    static final int MMAPABLE = 1 << 10;
    static final int READ_ONLY_PROGRAM = 1 << 7;
    private static final int NAME_BYTES = 15;
    /** Of struct bpf_map_info: type, number, key, value, entries and flags, four bytes each. */
    private static final int INFO_BYTES = 24;

    private final int descriptor;
    private final Definition definition;
    private boolean closed;

    /**
     * What a map is made of; {@code type} by its number in bpf.h, sizes in bytes.
     */
    public record Definition(String name, int type, int keyBytes, int valueBytes, int entries, int flags) {
        public Definition {
            if (keyBytes < 0 || valueBytes < 0 || entries < 0) {
                throw new BpfException.Malformed("map " + name + ": sizes are at least 0, not " + keyBytes + ", "
                        + valueBytes + ", " + entries);
            }
        }

        private String text() {
            return "type " + type + ", key " + keyBytes + ", value " + valueBytes + " bytes, " + entries
                    + " entries, flags 0x" + Integer.toHexString(flags);
        }
    }

    private BpfMap(int descriptor, Definition definition) {
        this.descriptor = descriptor;
        this.definition = definition;
    }

    /**
     * Creates a map in the kernel.
     *
     * @throws BpfException.Refused without permission, memory, or support for the type
     */
    static BpfMap create(Definition definition) {
        return create(definition, 0);
    }

    static boolean ofMaps(int type) {
        return type == ARRAY_OF_MAPS || type == HASH_OF_MAPS;
    }

    /** Creates a map of maps that are like {@code inner}, which the kernel only looks at. */
    static BpfMap createOuter(Definition definition, Definition inner) {
        try (BpfMap like = create(inner)) {
            return create(definition, like.descriptor);
        }
    }

    private static BpfMap create(Definition definition, int inner) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
            attribute.set(ValueLayout.JAVA_INT, 0, definition.type());
            attribute.set(ValueLayout.JAVA_INT, 4, definition.keyBytes());
            attribute.set(ValueLayout.JAVA_INT, 8, definition.valueBytes());
            attribute.set(ValueLayout.JAVA_INT, 12, definition.entries());
            attribute.set(ValueLayout.JAVA_INT, 16, definition.flags());
            attribute.set(ValueLayout.JAVA_INT, 20, inner);
            attribute.asSlice(28, NAME_BYTES + 1L).setString(0, kernelName(definition.name()));
            long fd = Kernel.bpf(Kernel.MAP_CREATE, attribute).orRefuse("creating map " + definition.name() + " (type "
                    + definition.type() + ", key " + definition.keyBytes() + ", value " + definition.valueBytes()
                    + " bytes, " + definition.entries() + " entries)");
            return new BpfMap((int) fd, definition);
        }
    }

    /** The kernel takes 15 letters, digits, dots and underscores. */
    static String kernelName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_.]", "_");
        return plain.substring(0, Math.min(NAME_BYTES, plain.length()));
    }

    /** What it was made of. */
    public Definition definition() {
        return definition;
    }

    int descriptor() {
        return descriptor;
    }

    private MemorySegment attribute(Arena arena, MemorySegment key, MemorySegment value, long flags) {
        MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
        attribute.set(ValueLayout.JAVA_INT, 0, descriptor);
        attribute.set(ValueLayout.JAVA_LONG, 8, key.address());
        attribute.set(ValueLayout.JAVA_LONG, 16, value.address());
        attribute.set(ValueLayout.JAVA_LONG, 24, flags);
        return attribute;
    }

    private static MemorySegment of(Arena arena, byte[] bytes) {
        MemorySegment segment = arena.allocate(Math.max(8, bytes.length), 8);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    private int valueBytes() {
        boolean perCpu = definition.type() == PERCPU_HASH || definition.type() == PERCPU_ARRAY;
        return perCpu ? (definition.valueBytes() + 7) / 8 * 8 * Processors.possible() : definition.valueBytes();
    }

    /** The value of {@code key}; for per-processor maps one after the other, each padded to 8 bytes. */
    public Optional<byte[]> get(byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(Math.max(8, valueBytes()), 8);
            Kernel.Result result = Kernel.bpf(Kernel.MAP_LOOKUP, attribute(arena, of(arena, key), value, 0));
            if (result.failed() && result.errno() == Kernel.ENOENT) {
                return Optional.empty();
            }
            result.orRefuse("reading map " + definition.name());
            return Optional.of(value.asSlice(0, valueBytes()).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** Puts a value, whether or not the key is there. */
    public void put(byte[] key, byte[] value) {
        try (Arena arena = Arena.ofConfined()) {
            Kernel.bpf(Kernel.MAP_UPDATE, attribute(arena, of(arena, key), of(arena, value), 0)).orRefuse(
                    "writing map " + definition.name());
        }
    }

    /** Removes a key; false where it was not there. */
    public boolean remove(byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            Kernel.Result result = Kernel.bpf(Kernel.MAP_DELETE, attribute(arena, of(arena, key), MemorySegment.NULL,
                    0));
            if (result.failed() && result.errno() == Kernel.ENOENT) {
                return false;
            }
            result.orRefuse("removing from map " + definition.name());
            return true;
        }
    }

    /** Called for each entry. */
    public interface Visitor {
        void entry(byte[] key, byte[] value);
    }

    /**
     * Visits the entries. What programs add or remove meanwhile may be missed or, where the key under the hand is
     * removed, seen twice; at most twice the map's size is visited.
     */
    public void forEach(Visitor visitor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(Math.max(8, definition.keyBytes()), 8);
            MemorySegment next = arena.allocate(Math.max(8, definition.keyBytes()), 8);
            MemorySegment value = arena.allocate(Math.max(8, valueBytes()), 8);
            MemorySegment first = attribute(arena, MemorySegment.NULL, next, 0);
            MemorySegment following = attribute(arena, key, next, 0);
            MemorySegment lookup = attribute(arena, next, value, 0);
            boolean begun = false;
            for (long i = 0; i < 2L * definition.entries(); i++) {
                Kernel.Result result = Kernel.bpf(Kernel.MAP_NEXT_KEY, begun ? following : first);
                if (result.failed() && result.errno() == Kernel.ENOENT) {
                    return;
                }
                result.orRefuse("walking map " + definition.name());
                begun = true;
                if (!Kernel.bpf(Kernel.MAP_LOOKUP, lookup).failed()) {
                    visitor.entry(next.asSlice(0, definition.keyBytes()).toArray(ValueLayout.JAVA_BYTE), value.asSlice(
                            0, valueBytes()).toArray(ValueLayout.JAVA_BYTE));
                }
                key.copyFrom(next);
            }
        }
    }

    /** No more writes from this side: constants then count as constants to the verifier. */
    void freeze() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
            attribute.set(ValueLayout.JAVA_INT, 0, descriptor);
            Kernel.bpf(Kernel.MAP_FREEZE, attribute).orRefuse("freezing map " + definition.name());
        }
    }

    /**
     * The map that is pinned at {@code path}.
     *
     * @throws BpfException.Refused where what is pinned there is another map than {@code wanted}
     */
    static BpfMap pinned(Definition wanted, Path path) {
        BpfMap map = new BpfMap(Pins.get(path), wanted);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = Pins.info(arena, map.descriptor, INFO_BYTES, "reading what is pinned at " + path);
            Definition there = new Definition(wanted.name(), info.get(ValueLayout.JAVA_INT, 0), info.get(
                    ValueLayout.JAVA_INT, 8), info.get(ValueLayout.JAVA_INT, 12), info.get(ValueLayout.JAVA_INT, 16),
                    info.get(ValueLayout.JAVA_INT, 20));
            if (!there.equals(wanted)) {
                throw new BpfException.Refused("what is pinned at " + path + " is another map: " + there.text()
                        + "; the object has " + wanted.text() + ". Remove the pin, or load the object that it belongs "
                        + "to", 0);
            }
            return map;
        } catch (BpfException e) {
            map.close();
            throw e;
        }
    }

    /** Keeps the map in the BPF file system after this process has ended. */
    public void pin(Path path) {
        Pins.pin(descriptor, path, "map " + definition.name());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Kernel.close(descriptor);
        }
    }

    @Override
    public String toString() {
        return "map " + definition.name();
    }
}
