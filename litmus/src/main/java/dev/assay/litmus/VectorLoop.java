package dev.assay.litmus;

import dev.assay.machine.ExecutableMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** 128-bit accesses of x86-64 by machine code of our own: movdqu, and movdqa, which traps where it is not aligned. */
final class VectorLoop {
    private static final int PAGE = 4096;
    private static final int BATCH = 4000;
    private static final int ALIGNED = 0x66;
    private static final int UNALIGNED = 0xf3;

    private VectorLoop() {}

    /** Loads and torn loads at {@code offset} from the start of a page. */
    static long[] observe(boolean aligned, int offset, long nanos) {
        if (!System.getProperty("os.arch").equals("amd64")) {
            throw new UnsupportedOperationException("128-bit accesses are tried on x86-64 only");
        }
        int prefix = aligned ? ALIGNED : UNALIGNED;
        byte[] write = new CodeBuffer().bytes(0x66, 0x0f, 0xef, 0xc0) // pxor xmm0, xmm0
                .bytes(0x66, 0x0f, 0x76, 0xc9) // pcmpeqd xmm1, xmm1
                .bytes(prefix, 0x0f, 0x7f, 0x07) // again: mov [rdi], xmm0
                .bytes(prefix, 0x0f, 0x7f, 0x0f) // mov [rdi], xmm1
                .bytes(0x48, 0xff, 0xce) // dec rsi
                .bytes(0x75, 0xf3) // jnz again
                .bytes(0xc3).finish();
        byte[] read = new CodeBuffer().bytes(0x31, 0xc0) // xor eax, eax
                .bytes(prefix, 0x0f, 0x6f, 0x07) // again: mov xmm0, [rdi]
                .bytes(0x66, 0x48, 0x0f, 0x7e, 0xc2) // movq rdx, xmm0
                .bytes(0x66, 0x0f, 0x70, 0xc0, 0x4e) // swap the halves
                .bytes(0x66, 0x48, 0x0f, 0x7e, 0xc1) // movq rcx, xmm0
                .bytes(0x48, 0x39, 0xca) // cmp rdx, rcx
                .bytes(0x0f, 0x95, 0xc1, 0x0f, 0xb6, 0xc9) // ecx = 1 when the halves differ
                .bytes(0x48, 0x01, 0xc8) // add rax, rcx
                .bytes(0x48, 0xff, 0xce) // dec rsi
                .bytes(0x75, 0xdc) // jnz again
                .bytes(0xc3).finish();
        try (ExecutableMemory writing = ExecutableMemory.of(write);
                ExecutableMemory reading = ExecutableMemory.of(read);
                Arena arena = Arena.ofShared()) {
            MemorySegment place = arena.allocate(4 * PAGE, PAGE).asSlice(offset);
            MethodHandle writer = writing.function(0,
                    FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
            MethodHandle reader = reading.function(0,
                    FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
            return TearingTrial.race(nanos, () -> {
                // A statement, not an expression: its type is void, as the handle's is.
                writer.invokeExact(place, (long) BATCH);
            },
                    () -> (long) reader.invokeExact(place, (long) BATCH), BATCH);
        }
    }
}
