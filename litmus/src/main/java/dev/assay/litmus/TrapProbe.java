package dev.assay.litmus;

import dev.assay.machine.ExecutableMemory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Makes an access in a copy of this process and tells how the copy ended. Nothing of the JVM runs in the copy: it sets the signals that
 * a fault raises back to their default, stores, loads and ends, all in this machine code for Linux.
 */
final class TrapProbe implements AutoCloseable {
    private static final String ARCHITECTURE = System.getProperty("os.arch");
    private static final int SIGNAL_BITS = 0x7f;
    private static final String X86 = """
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
    private static final String ARM = """
            fd7bb2a9       stp x29, x30, [sp, #-224]!
            f35301a9       stp x19, x20, [sp, #16]
            f55b02a9       stp x21, x22, [sp, #32]
            f30300aa       mov x19, x0
            f40301aa       mov x20, x1
            f50302aa       mov x21, x2
            f60303aa       mov x22, x3
            200280d2       mov x0, #0x11 (SIGCHLD)
            010080d2       mov x1, #0x0
            020080d2       mov x2, #0x0
            030080d2       mov x3, #0x0
            040080d2       mov x4, #0x0
            881b80d2       mov x8, #0xdc (clone)
            010000d4       svc #0x0
            200200b4       cbz x0, child
            8001f8b7       tbnz x0, #63, done
            f30300aa       mov x19, x0
            e00313aa       again: mov x0, x19
            e1030191       add x1, sp, #0x40
            020080d2       mov x2, #0x0
            030080d2       mov x3, #0x0
            882080d2       mov x8, #0x104 (wait4)
            010000d4       svc #0x0
            1f1000b1       cmn x0, #0x4
            20ffff54       b.eq again
            4000f8b7       tbnz x0, #63, done
            e04340b9       ldr w0, [sp, #64]
            f35341a9       done: ldp x19, x20, [sp, #16]
            f55b42a9       ldp x21, x22, [sp, #32]
            fd7bcea8       ldp x29, x30, [sp], #224
            c0035fd6       ret
            ff7f04a9       child: stp xzr, xzr, [sp, #64]
            ff7f05a9       stp xzr, xzr, [sp, #80]
            9de08052       mov w29, #0x704
            7d01a072       movk w29, #0xb, lsl #16 (SIGILL, SIGBUS, SIGSEGV)
            a01f4092       signal: and x0, x29, #0xff
            e1030191       add x1, sp, #0x40
            020080d2       mov x2, #0x0
            030180d2       mov x3, #0x8
            c81080d2       mov x8, #0x86 (rt_sigaction)
            010000d4       svc #0x0
            bd7f0853       lsr w29, w29, #8
            3dffff35       cbnz w29, signal
            800080d2       mov x0, #0x4
            010080d2       mov x1, #0x0
            e81480d2       mov x8, #0xa7 (prctl: no core dump)
            010000d4       svc #0x0
            e00313aa       mov x0, x19
            210080d2       mov x1, #0x1
            020080d2       mov x2, #0x0
            80023fd6       blr x20
            e00313aa       mov x0, x19
            210080d2       mov x1, #0x1
            e20316aa       mov x2, x22
            a0023fd6       blr x21
            000080d2       mov x0, #0x0
            c80b80d2       mov x8, #0x5e (exit_group)
            010000d4       svc #0x0
            """;

    private final ExecutableMemory code = ExecutableMemory.of(HexCode.of(ARCHITECTURE.equals("amd64") ? X86 : ARM));
    private final MethodHandle probe = code.function(0,
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));

    /** Whether this processor and system are the ones that the code is for. */
    static boolean supported() {
        return (ARCHITECTURE.equals("amd64") || ARCHITECTURE.equals("aarch64"))
                && System.getProperty("os.name").equals("Linux");
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
