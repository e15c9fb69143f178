package dev.assay.bpf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names in the BPF file system, which keep maps, programs and links alive without a process. */
final class Pins {
    private final Path folder;
    private final boolean made;
    private final List<Path> paths = new ArrayList<>();

    /**
     * Pins to be made in {@code folder}, which is made too where it is not there.
     *
     * @throws BpfException.NotFound where that is in no BPF file system
     */
    Pins(Path folder) {
        this.folder = folder.toAbsolutePath();
        made = !Files.exists(folder);
        Path there = made ? this.folder.getParent() : this.folder;
        if (there == null || !Files.isDirectory(there)) {
            throw new BpfException.NotFound("pins cannot be kept in " + folder + ": " + there + " is no folder");
        }
        try {
            String type = Files.getFileStore(there).type();
            if (!type.equals("bpf")) {
                throw new BpfException.NotFound(
                        "pins are kept in a bpf file system, and " + there + " is in one of type "
                                + type + "; name a folder in /sys/fs/bpf (mount -t bpf bpf /sys/fs/bpf)");
            }
            if (made) {
                Files.createDirectory(this.folder);
            }
        } catch (IOException e) {
            throw new BpfException.Refused("the folder for pins " + folder + " cannot be made: " + e, Kernel.EACCES);
        }
    }

    /** Puts something at a path. */
    interface Pinning {
        void at(Path path);
    }

    /** Pins under {@code name}, in which the BPF file system allows no dot. */
    void add(String name, Pinning pinning) {
        Path path = folder.resolve(name.replace('.', '_'));
        pinning.at(path);
        paths.add(path);
    }

    List<Path> paths() {
        return List.copyOf(paths);
    }

    /** Takes back what was added. */
    void remove() {
        paths.forEach(Pins::remove);
        if (made) {
            remove(folder);
        }
    }

    static void pin(int descriptor, Path path, String what) {
        try (Arena arena = Arena.ofConfined()) {
            if (Files.exists(path)) {
                throw new BpfException.Unsupported(path + " is there already, so " + what + " is not pinned there; rm "
                        + "removes it, or name another folder");
            }
            attribute(arena, Kernel.OBJECT_PIN, descriptor, path, "pinning " + what + " at " + path);
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
        info(descriptor, info, what);
        return info;
    }

    /** The same into {@code info}, where the kernel is to find room for names in it. */
    static void info(int descriptor, MemorySegment info, String what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
            attribute.set(ValueLayout.JAVA_INT, 0, descriptor);
            attribute.set(ValueLayout.JAVA_INT, 4, (int) info.byteSize());
            attribute.set(ValueLayout.JAVA_LONG, 8, info.address());
            Kernel.bpf(Kernel.OBJECT_INFO, attribute).orRefuse(what);
        }
    }

    private static long attribute(Arena arena, int command, int descriptor, Path path, String what) {
        MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
        attribute.set(ValueLayout.JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
        attribute.set(ValueLayout.JAVA_INT, 8, descriptor);
        return Kernel.bpf(command, attribute).orRefuse(what);
    }
}
