package dev.assay.litmus;

import dev.assay.litmus.TearingCase.Mode;
import dev.assay.machine.ExecutableMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * 128-bit accesses by machine code of our own. A writer stores all zeros and all ones in turn; a reader keeps what it loads in a
 * buffer, and both halves of every load are looked at afterwards.
 */
final class MachineLoop implements AutoCloseable {
    private static final int PAGE = 4096;
    private static final int BATCH = 1000;
    private static final int BYTES = 16;

    private final ExecutableMemory writing;
    private final ExecutableMemory reading;
    private final MethodHandle writer;
    private final MethodHandle reader;

    /** The bytes of one access: before the loop, each store, and a load whose value goes to the buffer. */
    private record Pieces(String start, String storeZeros, String storeOnes, String load) {
        /** By the System V convention: rdi is the place, rsi how often, rdx the rest or the buffer. */
        static Pieces x86(Mode mode) {
            if (mode == Mode.CMPXCHG16B) {
                return new Pieces("", """
                        48c7c0ffffffff mov rax,-1 (expected)
                        48c7c2ffffffff mov rdx,-1
                        31db           xor ebx,ebx
                        31c9           xor ecx,ecx
                        f0480fc70f     lock cmpxchg16b [rdi]
                        """, """
                        31c0           xor eax,eax (expected)
                        31d2           xor edx,edx
                        48c7c3ffffffff mov rbx,-1
                        48c7c1ffffffff mov rcx,-1
                        f0480fc70f     lock cmpxchg16b [rdi]
                        """, """
                        31c0           xor eax,eax
                        31d2           xor edx,edx
                        31db           xor ebx,ebx
                        31c9           xor ecx,ecx
                        f0480fc70f     lock cmpxchg16b [rdi]
                        498900         mov [r8],rax
                        49895008       mov [r8+8],rdx
                        """);
            }
            String prefix = switch (mode) {
                case MOVDQA -> "660f";
                case MOVDQU -> "f30f";
                case VMOVDQA -> "c5f9";
                default -> "c5fa";
            };
            return new Pieces("""
                    660fefc0       pxor xmm0,xmm0
                    660f76c9       pcmpeqd xmm1,xmm1
                    """, prefix + "7f07 store xmm0 at [rdi]\n", prefix + "7f0f store xmm1 at [rdi]\n",
                    prefix + "6f07 load xmm0 from [rdi]\nf3410f7f00 movdqu [r8],xmm0\n");
        }

        /** x0 is the place, x1 how often, x2 the rest or the buffer; words little-endian. */
        static Pieces arm(Mode mode) {
            return mode == Mode.CASP
                    ? new Pieces("", "06008092 mov x6,#-1 (expected)\n07008092 mov x7,#-1\n080080d2 mov x8,#0\n"
                            + "090080d2 mov x9,#0\n08fc6648 caspal x6,x7,x8,x9,[x0]\n",
                            "060080d2 mov x6,#0 (expected)\n070080d2 mov x7,#0\n08008092 mov x8,#-1\n"
                                    + "09008092 mov x9,#-1\n08fc6648 caspal x6,x7,x8,x9,[x0]\n",
                            "060080d2 mov x6,#0\n070080d2 mov x7,#0\n080080d2 mov x8,#0\n090080d2 mov x9,#0\n"
                                    + "08fc6648 caspal x6,x7,x8,x9,[x0]\n461c81a8 stp x6,x7,[x2],#16\n")
                    : new Pieces("", "030080d2 mov x3,#0\n040080d2 mov x4,#0\n031000a9 stp x3,x4,[x0]\n",
                            "03008092 mov x3,#-1\n04008092 mov x4,#-1\n031000a9 stp x3,x4,[x0]\n",
                            "031040a9 ldp x3,x4,[x0]\n431081a8 stp x3,x4,[x2],#16\n");
        }
    }

    MachineLoop(Mode mode) {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        Pieces pieces = arm ? Pieces.arm(mode) : Pieces.x86(mode);
        writing = ExecutableMemory.of(arm ? armWriter(pieces) : x86Writer(pieces));
        reading = ExecutableMemory.of(arm ? armReader(pieces) : x86Reader(pieces));
        writer = writing.function(0,
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        reader = reading.function(0,
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    }

    private static byte[] x86Writer(Pieces pieces) {
        CodeBuffer out = x86Start(pieces);
        out.listing(pieces.storeZeros);
        x86Rest(out);
        out.listing(pieces.storeOnes);
        x86Rest(out);
        return x86End(out);
    }

    private static byte[] x86Reader(Pieces pieces) {
        CodeBuffer out = x86Start(pieces);
        // Without a rest nearly all loads would see what the one before saw.
        String turn = out.newLabel();
        out.listing(pieces.load + "4983c010 add r8,16\n41b940000000 mov r9d,64\n");
        out.mark(turn);
        out.listing("49ffc9 dec r9\n0f85 jnz turn\n");
        out.reference(turn, distance -> distance - 4);
        return x86End(out);
    }

    private static CodeBuffer x86Start(Pieces pieces) {
        CodeBuffer out = new CodeBuffer();
        out.listing("53 push rbx\n4989d0 mov r8,rdx\n" + pieces.start);
        out.mark("again");
        return out;
    }

    private static void x86Rest(CodeBuffer out) {
        String turn = out.newLabel();
        out.listing("4d89c1 mov r9,r8\n");
        out.mark(turn);
        out.listing("49ffc9 dec r9\n0f89 jns turn\n");
        out.reference(turn, distance -> distance - 4);
    }

    private static byte[] x86End(CodeBuffer out) {
        out.listing("48ffce dec rsi\n0f85 jnz again\n");
        out.reference("again", distance -> distance - 4);
        out.listing("5b pop rbx\nc3 ret\n");
        return out.finish();
    }

    private static byte[] armWriter(Pieces pieces) {
        CodeBuffer out = new CodeBuffer();
        out.mark("again");
        String rest = "e50302aa mov x5,x2\na50400f1 subs x5,x5,#1\ne5ffff54 b.pl back\n";
        out.listing(pieces.storeZeros + rest + pieces.storeOnes + rest);
        return armEnd(out);
    }

    private static byte[] armReader(Pieces pieces) {
        CodeBuffer out = new CodeBuffer();
        out.mark("again");
        out.listing(pieces.load);
        return armEnd(out);
    }

    private static byte[] armEnd(CodeBuffer out) {
        out.listing("210400f1 subs x1,x1,#1\n");
        out.reference("again", distance -> 0x5400_0001 | (distance >> 2 & 0x7_ffff) << 5);
        out.listing("c0035fd6 ret\n");
        return out.finish();
    }

    /**
     * What loads see at {@code offset} from the start of a page.
     *
     * @throws TrapException when the processor does not make the access
     */
    Tally observe(int offset, Race race) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment place = arena.allocate(4 * PAGE, PAGE).asSlice(offset, 2 * PAGE);
            MemorySegment buffer = arena.allocate((long) BATCH * BYTES, PAGE);
            if (TrapProbe.supported()) {
                try (TrapProbe probe = new TrapProbe()) {
                    int signal = probe.signal(place, writing.entry(), reading.entry(), buffer);
                    if (signal != 0) {
                        throw new TrapException(signal);
                    }
                }
            }
            return Tally.of(race.run(rest -> {
                // A statement, not an expression: its type is void, as the handle's is.
                writer.invokeExact(place, (long) BATCH, (long) rest);
            }, counts -> {
                reader.invokeExact(place, (long) BATCH, buffer);
                count(buffer, counts);
            }));
        }
    }

    private static void count(MemorySegment buffer, long[] counts) {
        for (int i = 0; i < BATCH; i++) {
            long low = buffer.get(ValueLayout.JAVA_LONG, (long) BYTES * i);
            long high = buffer.get(ValueLayout.JAVA_LONG, (long) BYTES * i + Long.BYTES);
            counts[Tally.ZEROS] += low == 0 && high == 0 ? 1 : 0;
            counts[Tally.ONES] += low == -1 && high == -1 ? 1 : 0;
            counts[Tally.CHANGES] += low == counts[Tally.LAST] && high == counts[Tally.FIRST_OWN] ? 0 : 1;
            counts[Tally.LAST] = low;
            counts[Tally.FIRST_OWN] = high;
        }
        counts[Tally.LOADS] += BATCH;
    }

    @Override
    public void close() {
        writing.close();
        reading.close();
    }

    /** The processor ended the access by a signal. */
    static final class TrapException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TrapException(int signal) {
            super(switch (signal) {
                case 4 -> "SIGILL: this processor has no such instruction";
                case 7 -> "SIGBUS";
                case 11 -> "SIGSEGV";
                default -> "signal " + signal;
            });
        }
    }
}
