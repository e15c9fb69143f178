package dev.assay.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The CPUID instruction of x86-64, for what the kernel does not print (Intel SDM volume 2, AMD APM volume 3).
 *
 * <p>
 * It reads registers only and is allowed to every program, so it runs in this process; where code of our own may not
 * be made executable, that is the answer.
 */
final class CpuId {
    // rdi: leaf, rsi: subleaf, rdx: four ints. CPUID overwrites rbx, which belongs to the caller.
    private static final byte[] CODE = {0x53, // push rbx
        0x49, (byte) 0x89, (byte) 0xd0, // mov r8, rdx
        (byte) 0x89, (byte) 0xf8, // mov eax, edi
        (byte) 0x89, (byte) 0xf1, // mov ecx, esi
        0x0f, (byte) 0xa2, // cpuid
        0x41, (byte) 0x89, 0x00, // mov [r8], eax
        0x41, (byte) 0x89, 0x58, 0x04, // mov [r8+4], ebx
        0x41, (byte) 0x89, 0x48, 0x08, // mov [r8+8], ecx
        0x41, (byte) 0x89, 0x50, 0x0c, // mov [r8+12], edx
        0x5b, (byte) 0xc3}; // pop rbx; ret

    private CpuId() {}

    record Registers(int eax, int ebx, int ecx, int edx) {}

    static Reading<Registers> ask(int leaf, int subleaf) {
        if (InstructionSet.named(System.getProperty("os.arch")) != InstructionSet.X86_64) {
            return Reading.unsupported("CPUID is an instruction of x86; this process is "
                    + System.getProperty("os.arch"));
        }
        try (ExecutableMemory memory = ExecutableMemory.of(CODE); Arena arena = Arena.ofConfined()) {
            MethodHandle handle = memory.function(0, FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
            MemorySegment out = arena.allocate(16, 8);
            handle.invokeExact(Integer.toUnsignedLong(leaf), Integer.toUnsignedLong(subleaf), out.address());
            return Reading.known(new Registers(out.getAtIndex(ValueLayout.JAVA_INT, 0),
                    out.getAtIndex(ValueLayout.JAVA_INT, 1), out.getAtIndex(ValueLayout.JAVA_INT, 2),
                    out.getAtIndex(ValueLayout.JAVA_INT, 3)), "CPUID leaf " + Integer.toHexString(leaf));
        } catch (MachineException e) {
            return Reading.unreadable("CPUID: " + e.getMessage());
        } catch (Throwable e) {
            throw new MachineException("calling CPUID failed: " + e, e);
        }
    }

    /** Twelve letters in ebx, ecx, edx of leaf 0x40000000, which hypervisors agreed upon: {@code KVMKVMKVM}. */
    static Reading<String> hypervisorSignature() {
        return ask(0x4000_0000, 0).map(CpuId::signature);
    }

    static String signature(Registers registers) {
        byte[] letters = new byte[12];
        int[] words = {registers.ebx, registers.ecx, registers.edx};
        for (int i = 0; i < 12; i++) {
            letters[i] = (byte) (words[i / 4] >>> 8 * (i % 4));
        }
        return new String(letters, StandardCharsets.ISO_8859_1).replaceAll("[^\\x20-\\x7e]", "").strip();
    }
}
