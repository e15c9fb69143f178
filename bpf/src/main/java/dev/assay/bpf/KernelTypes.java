package dev.assay.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** The BTF that the kernel holds for itself and for each module, by the descriptors that bpf(2) gives of them. */
final class KernelTypes {
    /** What the kernel's own are called. */
    static final String KERNEL = "vmlinux";
    /** struct bpf_btf_info: data, its size at 8, number at 12, name at 16, its room at 24, whether the kernel's at 28. */
    private static final int INFO_BYTES = 32;
    private static final int NAME_BYTES = 64;

    private KernelTypes() {}

    /**
     * A descriptor of the types of {@code module}, for the caller to close.
     *
     * @throws BpfException.Refused without permission, or where no module of this name has types in the kernel
     */
    static int descriptor(String module) {
        List<String> others = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
            while (true) {
                Kernel.Result next = Kernel.bpf(Kernel.BTF_NEXT, attribute);
                if (next.failed() && next.errno() == Kernel.ENOENT) {
                    throw new BpfException.Refused("the kernel holds no types of a module " + module + "; it has those "
                            + "of " + String.join(", ", others), Kernel.ENOENT);
                }
                next.orRefuse("listing the types that the kernel holds");
                int number = attribute.get(ValueLayout.JAVA_INT, 4);
                attribute.set(ValueLayout.JAVA_INT, 0, number);
                Kernel.Result opened = open(arena, number);
                // Types of a program may go between the two calls.
                if (opened.failed() && opened.errno() == Kernel.ENOENT) {
                    continue;
                }
                int descriptor = (int) opened.orRefuse("opening types " + number + " of the kernel");
                String name = name(arena, descriptor);
                if (name.equals(module)) {
                    return descriptor;
                }
                Kernel.close(descriptor);
                if (!name.isEmpty()) {
                    others.add(name);
                }
            }
        }
    }

    private static Kernel.Result open(Arena arena, int number) {
        MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
        attribute.set(ValueLayout.JAVA_INT, 0, number);
        return Kernel.bpf(Kernel.BTF_OPEN, attribute);
    }

    /** Empty for types that a program brought along. */
    private static String name(Arena arena, int descriptor) {
        MemorySegment name = arena.allocate(NAME_BYTES);
        MemorySegment info = arena.allocate(INFO_BYTES, 8);
        info.set(ValueLayout.JAVA_LONG, 16, name.address());
        info.set(ValueLayout.JAVA_INT, 24, NAME_BYTES);
        Pins.info(descriptor, info, "reading the name of types that the kernel holds");
        return info.get(ValueLayout.JAVA_INT, 28) == 0 ? "" : name.getString(0);
    }
}
