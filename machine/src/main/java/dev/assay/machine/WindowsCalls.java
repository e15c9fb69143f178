package dev.assay.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The three calls to kernel32 that OSHI does not make. */
final class WindowsCalls {
    private static final int RELATION_ALL = 0xffff;
    private static final int LARGEST = 1 << 20;
    private static final long CURRENT_PROCESS = -1;

    private WindowsCalls() {}

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        SymbolLookup kernel = SymbolLookup.libraryLookup("kernel32", Arena.global());
        return Linker.nativeLinker().downcallHandle(kernel.findOrThrow(name), descriptor);
    }

    /** The records that {@link LogicalProcessors} reads. */
    static byte[] logicalProcessors() {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call = function("GetLogicalProcessorInformationEx", FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            MemorySegment buffer = arena.allocate(LARGEST, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, LARGEST);
            int done = (int) call.invokeExact(RELATION_ALL, buffer, length);
            return done == 0
                    ? new byte[0]
                    : buffer.asSlice(0, length.get(ValueLayout.JAVA_INT, 0)).toArray(ValueLayout.JAVA_BYTE);
        } catch (Throwable e) {
            throw new MachineException("GetLogicalProcessorInformationEx failed: " + e, e);
        }
    }

    /** The machine types of this process and of the system, in hexadecimal. */
    static String machineTypes() {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call = function("IsWow64Process2", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            MemorySegment types = arena.allocate(4, 2);
            int done = (int) call.invokeExact(CURRENT_PROCESS, types, types.asSlice(2));
            return done == 0
                    ? ""
                    : String.format("0x%x 0x%x", types.get(ValueLayout.JAVA_SHORT, 0) & 0xffff,
                            types.get(ValueLayout.JAVA_SHORT, 2) & 0xffff);
        } catch (Throwable e) {
            throw new MachineException("IsWow64Process2 failed: " + e + "; it needs Windows 10 (1511)", e);
        }
    }

    /** Of these feature numbers those that the processor has. */
    static String features(Set<String> numbers) {
        List<String> present = new ArrayList<>();
        try {
            MethodHandle call = function("IsProcessorFeaturePresent", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT));
            for (String number : numbers) {
                if ((int) call.invokeExact(Integer.parseInt(number)) != 0) {
                    present.add(number);
                }
            }
            return String.join(" ", present);
        } catch (Throwable e) {
            throw new MachineException("IsProcessorFeaturePresent failed: " + e, e);
        }
    }
}
