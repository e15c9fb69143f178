package dev.assay.litmus;

import dev.assay.machine.ExecutableMemory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Makes an access in a copy of this process and tells how the copy ended. Nothing of the JVM runs in the copy: it sets the signals that
 * a fault raises back to their default, stores, loads and ends, all in this machine code for x86-64 on Linux.
 */
final class TrapProbe implements AutoCloseable {
    private static final int SIGNAL_BITS = 0x7f;
    private static final String LISTING = """
            53             push rbx
            4154           push r12
            4155           push r13
            4156           push r14
            4157           push r15
            4881eca0000000 sub rsp,0xa0
            4989fc         mov r12,rdi
            4989f5         mov r13,rsi
            4989d6         mov r14,rdx
            4989cf         mov r15,rcx
            b839000000     mov eax,0x39 (fork)
            0f05           syscall
            4885c0         test rax,rax
            7436           je child
            7823           js done
            4889c3         mov rbx,rax
            4889df         again: mov rdi,rbx
            4889e6         mov rsi,rsp
            31d2           xor edx,edx
            4531d2         xor r10d,r10d
            b83d000000     mov eax,0x3d (wait4)
            0f05           syscall
            4883f8fc       cmp rax,0xfffffffffffffffc
            74e8           je again
            4885c0         test rax,rax
            7803           js done
            8b0424         mov eax,[rsp]
            4881c4a0000000 done: add rsp,0xa0
            415f           pop r15
            415e           pop r14
            415d           pop r13
            415c           pop r12
            5b             pop rbx
            c3             ret
            31c0           child: xor eax,eax
            48890424       mov [rsp],rax
            4889442408     mov [rsp+0x8],rax
            4889442410     mov [rsp+0x10],rax
            4889442418     mov [rsp+0x18],rax
            bb04070b00     mov ebx,0xb0704 (SIGILL, SIGBUS, SIGSEGV)
            0fb6fb         signal: movzx edi,bl
            4889e6         mov rsi,rsp
            31d2           xor edx,edx
            41ba08000000   mov r10d,0x8
            b80d000000     mov eax,0xd (rt_sigaction)
            0f05           syscall
            c1eb08         shr ebx,0x8
            75e6           jne signal
            bf04000000     mov edi,0x4
            31f6           xor esi,esi
            b89d000000     mov eax,0x9d (prctl: no core dump)
            0f05           syscall
            4c89e7         mov rdi,r12
            be01000000     mov esi,0x1
            31d2           xor edx,edx
            41ffd5         call r13
            4c89e7         mov rdi,r12
            be01000000     mov esi,0x1
            4c89fa         mov rdx,r15
            41ffd6         call r14
            31ff           xor edi,edi
            b8e7000000     mov eax,0xe7 (exit_group)
            0f05           syscall
            """;

    private final ExecutableMemory code = ExecutableMemory.of(HexCode.of(LISTING));
    private final MethodHandle probe = code.function(0, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS,
            ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));

    /** Whether this processor and system are the ones that the code is for. */
    static boolean supported() {
        return System.getProperty("os.arch").equals("amd64") && System.getProperty("os.name").equals("Linux");
    }

    /**
     * The signal that ended the copy; 0 when none did, or when no copy could be made.
     *
     * @param writer stores at a place so many times: {@code (place, times, rest)}
     * @param reader loads from it: {@code (place, times, buffer)}
     */
    int signal(MemorySegment place, MemorySegment writer, MemorySegment reader, MemorySegment buffer) {
        try {
            long status = (long) probe.invokeExact(place, writer, reader, buffer);
            return status < 0 ? 0 : (int) status & SIGNAL_BITS;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        code.close();
    }
}
