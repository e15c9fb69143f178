package dev.assay.litmus;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Where an array lies in the heap now. The collector may move it at any time: ask again afterwards. */
final class HeapAddress {
    private static final MethodHandle MEMCHR = memchr();

    private HeapAddress() {}

    @SuppressWarnings("restricted")
    private static MethodHandle memchr() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find("memchr").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG),
                Linker.Option.critical(true));
    }

    /** The address of the array's first byte: memchr finds a byte at once where it is told to look, and answers where. */
    static long of(byte[] array) {
        try {
            return (long) MEMCHR.invokeExact(MemorySegment.ofArray(array), (int) array[0], 1L);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
