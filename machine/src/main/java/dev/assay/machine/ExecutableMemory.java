package dev.assay.machine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Machine code of our own, mapped writable while it is filled and executable afterwards, never both (W^X).
 *
 * <p>
 * Whoever writes the bytes answers for them: a fault in them ends the process, so callers run them in a trial, never in
 * the laboratory's own process. Costs one anonymous mapping, rounded up to whole pages.
 */
public final class ExecutableMemory implements AutoCloseable {
    private static final Libc.Function MMAP = Libc.function("mmap", 6);
    private static final Libc.Function MPROTECT = Libc.intFunction("mprotect", 3);
    private static final Libc.Function MUNMAP = Libc.intFunction("munmap", 2);
    private static final long PROT_READ = 1;
    private static final long PROT_WRITE = 2;
    private static final long PROT_EXEC = 4;
    private static final long MAP_PRIVATE = 2;
    private static final long MAP_ANONYMOUS = 0x20;

    private final MemorySegment code;

    private ExecutableMemory(MemorySegment code) {
        this.code = code;
    }

    /**
     * Maps {@code bytes} as code. On AArch64 and RISC-V the instruction cache is made coherent by the kernel when the
     * page becomes executable for the first time.
     *
     * @throws MachineException when the system is not Linux, or refuses the mapping (seccomp, SELinux execmem)
     */
    @SuppressWarnings("restricted")
    public static ExecutableMemory of(byte[] bytes) {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new MachineException("machine code of our own runs on Linux only; this is "
                    + System.getProperty("os.name"));
        }
        Libc.Result mapped = MMAP.call(0, bytes.length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped.failed()) {
            throw new MachineException("mapping " + bytes.length + " bytes for code was refused: "
                    + Libc.describe(mapped.errno()));
        }
        MemorySegment segment = MemorySegment.ofAddress(mapped.value()).reinterpret(bytes.length);
        segment.copyFrom(MemorySegment.ofArray(bytes));
        Libc.Result protectedNow = MPROTECT.call(segment, bytes.length, PROT_READ | PROT_EXEC);
        if (protectedNow.failed()) {
            MUNMAP.call(segment, bytes.length);
            throw new MachineException("making code executable was refused: " + Libc.describe(protectedNow.errno())
                    + "; allow execmem for this process");
        }
        return new ExecutableMemory(segment);
    }

    /** Where the code begins. Valid until closed. */
    public MemorySegment entry() {
        return code;
    }

    /** A handle that calls the code at {@code offset} by the C convention of this machine. */
    @SuppressWarnings("restricted")
    public MethodHandle function(long offset, FunctionDescriptor descriptor, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(code.asSlice(offset), descriptor, options);
    }

    @Override
    public void close() {
        MUNMAP.call(code, code.byteSize());
    }
}
