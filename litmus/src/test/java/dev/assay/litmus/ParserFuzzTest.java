package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is fed to the parser, it answers with a test or with a place and a sentence, and it answers soon. */
class ParserFuzzTest {
    private static final List<String> SEEDS = List.of(
            "X86_64 A\n{ x=1; int64_t t[2]={1,2}; 0:rax=t; }\n P0 | P1 ;\n movl $1,(x) | lock xaddl %eax,(x) ;\n"
                    + "L0: cmpl $1,8(%rax,%rbx,4) | jne L1 ;\n | L1: mfence ;\nlocations [x; 0:rbx;]\nexists (0:rax=1 /\\ ~([x]=2 \\/ 1:rcx=x))\n",
            "AArch64 B\n{ 0:X1=x; 1:X1=x; uint8_t z; }\n P0 | P1 ;\n LDR W0,[X1,W2,SXTW #2] | STLXR W3,W4,[X1] ;\n"
                    + " CSEL X5,X6,XZR,NE | CASAL W1,W2,[X1] ;\n DMB ISHLD | B.EQ L0 ;\n ADD X1,X2,X3,LSL #3 | L0: ;\n~exists (0:X0=1)\n",
            "RISCV C\n{ 0:x5=x; }\n P0 ;\n lw.aq x6,4(x5) ;\n amoadd.w.aqrl x7,x6,(x5) ;\n fence rw,w ;\n sc.d x8,x9,(x5) ;\nforall 0:x6=0\n",
            "Java D\n{ x=0; }\nP0 { int r = X.getAndAddRelease(1 + 2 * r); if (r == 1 && !(r < 2)) { X.setVolatile(r); } else while (r > 0) { "
                    + "r = X.compareAndExchange(0, 1); } VarHandle.fullFence(); }\nexists (0:r=0)\n");
    private static final String PIECES = "{}()[];|,:=$%#!~\\/*&<>'\"\n\t .-+0123456789abcxyzXWRPL_^";

    @Property(tries = 4000)
    void mutatedTestsAreReadOrRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int changes) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 2 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
                default -> {
                    int to = Math.min(text.length(), at + random.nextInt(12));
                    text.insert(random.nextInt(text.length()), text.substring(at, to));
                }
            }
        }
        readOrRefuse(text.toString());
    }

    @Property(tries = 1000)
    void arbitraryTextIsRefused(@ForAll String text) {
        readOrRefuse(text);
        readOrRefuse("AArch64 T\n{" + text + "}\nP0;\nNOP;\nexists true");
        readOrRefuse("Java T\n{}\nP0 {" + text + "}\nexists true");
    }

    private static void readOrRefuse(String text) {
        try {
            assertThat(LitmusParser.parse("fuzz", text).threads()).isNotNull();
        } catch (LitmusException e) {
            assertThat(e.getMessage()).startsWith("fuzz:");
        }
    }
}
