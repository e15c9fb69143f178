package dev.assay.bpf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names in the BPF file system, which keep maps, programs and links alive without a process. */
final class Pins {
    private Pins() {}

    static void pin(int descriptor, Path path, String what) {
        try (Arena arena = Arena.ofConfined()) {
            attribute(arena, Kernel.OBJECT_PIN, descriptor, path, "pinning " + what + " at " + path
                    + " (it must lie in a bpf file system: mount -t bpf bpf /sys/fs/bpf)");
        }
    }

    /** A descriptor of what is pinned at {@code path}. */
    static int get(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) attribute(arena, Kernel.OBJECT_GET, 0, path, "opening the pin " + path);
        }
    }

    static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new BpfException.Refused("the pin " + path + " cannot be removed: " + e.getMessage(), 0);
        }
    }

    /** What the kernel tells of a descriptor, {@code bytes} of it. */
    static MemorySegment info(Arena arena, int descriptor, int bytes, String what) {
        MemorySegment info = arena.allocate(bytes, 8);
        MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
        attribute.set(ValueLayout.JAVA_INT, 0, descriptor);
        attribute.set(ValueLayout.JAVA_INT, 4, bytes);
        attribute.set(ValueLayout.JAVA_LONG, 8, info.address());
        Kernel.bpf(Kernel.OBJECT_INFO, attribute).orRefuse(what);
        return info;
    }

    private static long attribute(Arena arena, int command, int descriptor, Path path, String what) {
        MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
        attribute.set(ValueLayout.JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
        attribute.set(ValueLayout.JAVA_INT, 8, descriptor);
        return Kernel.bpf(command, attribute).orRefuse(what);
    }
}
