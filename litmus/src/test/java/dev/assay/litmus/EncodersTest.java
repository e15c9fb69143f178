package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected bytes were checked with the disassemblers of binutils. */
class EncodersTest {
    private static final InstanceLayout LAYOUT = new InstanceLayout(Map.of("x", 0L, "y", 8192L), 8, 16, 16384);

    private static String hex(LitmusTest test, String machine) {
        return HexFormat.of().formatHex(ThreadEncoder.of(test.architecture(), machine).encode(test,
                test.threads().getFirst(), List.of(), LAYOUT));
    }

    private static LitmusTest x86(String instruction) {
        return LitmusParser.parse("test", "X86_64 T\n{ }\n P0 ;\n " + instruction + " ;\nexists ([x]=0 /\\ [y]=0)\n");
    }

    private static LitmusTest arm(String instruction) {
        return LitmusParser.parse("test",
                "AArch64 T\n{ 0:X1=x; }\n P0 ;\n " + instruction + " ;\nexists ([x]=0 /\\ [y]=0)\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"mfence;0faef0", "movl $1,(y);41c7870020000001000000",
        "movl (x),%eax;418b8700000000",
        "movq %rbx,(x);49899f00000000", "movb $7,(x);41c6870000000007", "xchgl %eax,(x);41878700000000",
        "lock xaddl %ecx,(x);f0410fc18f00000000", "lock cmpxchgq %rdx,(x);f0490fb19700000000",
        "addl $5,%ebx;81c305000000", "movw %ax,(x);6641898700000000"})
    void x86InstructionsBecomeTheirBytes(String instruction, String bytes) {
        assertThat(hex(x86(instruction), "amd64")).contains(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"LDR W2,[X1];220040b9", "STLR W2,[X1];22fc9f88", "LDAR X2,[X1];22fcdfc8",
        "LDAPR W2,[X1];22c0bfb8", "DMB SY;bf3f03d5", "DMB ISHLD;bf3903d5", "ISB;df3f03d5", "LDXR W2,[X1];227c5f88",
        "STXR W3,W2,[X1];227c0388", "CASAL W2,W3,[X1];23fce288", "SWPA W2,W3,[X1];2380a2b8",
        "LDADDL W2,W3,[X1];230062b8", "EOR W4,W2,W2;4400024a", "ADD X5,X1,W2,SXTW;25c0228b", "AND W5,W5,#128;a5001912",
        "LDP W2,W3,[X1];220c4029"})
    void armInstructionsBecomeTheirWords(String instruction, String bytes) {
        assertThat(hex(arm(instruction), "aarch64")).contains(bytes);
    }

    @Test
    void whatCannotBeEncodedIsRefusedWithItsLine() {
        assertThatThrownBy(() -> hex(x86("uxch %eax,(x)"), "amd64")).isInstanceOf(LitmusException.class)
                .hasMessageContaining("line 4").hasMessageContaining("xchg");
    }

    @Test
    void aTestForAnotherProcessorIsRefused() {
        assertThatThrownBy(() -> hex(arm("NOP"), "amd64")).isInstanceOf(LitmusException.class)
                .hasMessageContaining("AArch64").hasMessageContaining("--java");
    }
}
