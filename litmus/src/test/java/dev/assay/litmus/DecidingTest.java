package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecidingTest {
    private static Answer decide(String text) {
        return decide(text, null);
    }

    private static Answer decide(String text, String model) {
        return new ModelChecker(new ModelChecker.Settings(Optional.ofNullable(model), 2, true))
                .decide(LitmusParser.parse("test", text));
    }

    private static final String SB = "X86_64 SB\n{ }\n P0 | P1 ;\n movl $1,(x) | movl $1,(y) ;\n movl (y),%eax | movl (x),%eax ;\n"
            + "exists (0:rax=0 /\\ 1:rax=0)\n";

    @Test
    void storeBuffersShowOnX86AndNotUnderSequentialConsistency() {
        assertThat(decide(SB).observation()).isEqualTo("Sometimes");
        assertThat(decide(SB, "sc").observation()).isEqualTo("Never");
    }

    @Test
    void theHerdFormatIsThatOfTheHerdtools() {
        assertThat(decide(SB).herd()).isEqualTo("""
                Test SB Allowed
                States 4
                0:rax=0; 1:rax=0;
                0:rax=0; 1:rax=1;
                0:rax=1; 1:rax=0;
                0:rax=1; 1:rax=1;
                Ok
                Witnesses
                Positive: 1 Negative: 3
                Condition exists (0:rax=0 /\\ 1:rax=0)
                Observation SB Sometimes 1 3

                """);
    }

    @Test
    void witnessesAreOfTheNegatedConditionAndObservationsOfWhatItNegates() {
        assertThat(decide(SB.replace("exists", "~exists"), "sc").herd()).contains("\nOk\nWitnesses\n")
                .contains("Positive: 3 Negative: 0\n").contains("Observation SB Never 0 3\n");
    }

    @Test
    void aForbiddenOutcomeIsExplainedByItsCycle() {
        Answer answer = decide(SB, "sc");
        assertThat(answer.graphText().orElseThrow()).contains("sc forbids this (sc)").contains("cycle:")
                .contains("-fr->");
        assertThat(answer.graphSvg().orElseThrow()).startsWith("<svg").contains("Thread 1").endsWith("</svg>\n");
    }

    @Test
    void aStoreIntoHalfOfAWordIsSeenInTheWholeWord() {
        Answer answer = decide(
                "AArch64 half\n{ uint64_t x; 0:X0=x; 1:X0=x; uint64_t 1:X1; }\n P0 | P1 ;\n MOV W1,#1 | LDR X1,[X0] ;\n"
                        + " STR W1,[X0,#4] | ;\nforall (1:X1=0 \\/ 1:X1=0x100000000)\n");
        assertThat(answer.holds()).isTrue();
        assertThat(answer.states()).hasSize(2);
    }

    @Test
    void aByteMayBeLaterThanTheRestOfItsWord() {
        Answer answer = decide("X86_64 later\n{ uint64_t x; uint64_t 2:rax; }\n P0 | P1 | P2 ;\n"
                + " movq $257,(x) | movb $2,(x) | movq (x),%rax ;\nexists (2:rax=258)\n");
        assertThat(answer.states()).hasSize(4); // 0, 2, 257 and 258
        assertThat(answer.observation()).isEqualTo("Sometimes");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        """
                    X86_64 forwarded
                    { uint16_t x; uint64_t 0:rax; }
                     P0             | P1             ;
                     movb $1,(x)    | movw $514,(x)  ;
                     movw (x),%ax   |                ;
                    exists (0:rax=1 /\\ x=513)
                    """,
        """
                    AArch64 forwarded
                    { uint16_t x; uint16_t 0:X2; 0:X1=x; 1:X1=x; 0:X0=1; 1:X0=514; }
                     P0           | P1           ;
                     STRB W0,[X1] | STRH W0,[X1] ;
                     LDRH W2,[X1] |              ;
                    exists (0:X2=1 /\\ x=513)
                    """})
    void aWideReadMayTakeItsOwnByteBeforeOthersSeeItAndTheRestFromEarlier(String text) {
        // The read is before the halfword, which is before the byte, from which the read takes a part: no contradiction.
        Answer answer = decide(text);
        assertThat(answer.observation()).isEqualTo("Sometimes");
        assertThat(answer.states()).hasSize(4);
    }

    @Test
    void aWordIsNotMixedOfAWholeStoreAndWhatCameBeforeIt() {
        Answer answer = decide("X86_64 torn\n{ uint64_t x; uint64_t 1:rax; }\n P0 | P1 ;\n"
                + " movb $2,(x) | movq (x),%rax ;\n movq $257,(x) | ;\nexists (1:rax=258 \\/ 1:rax=256)\n");
        assertThat(answer.observation()).isEqualTo("Never");
    }

    @Test
    void aThreadReadsItsOwnWritesOfManySizes() {
        Answer answer = decide("X86_64 own\n{ uint64_t x=291; uint64_t 0:rax=7; }\n P0 ;\n decw (x) ;\n decb (x) ;\n"
                + " xchgw %ax,(x) ;\nforall (0:rax=289 /\\ x=7)\n");
        assertThat(answer.holds()).isTrue();
        assertThat(answer.states()).hasSize(1);
    }

    @Test
    void twoHalvesWrittenByTwoThreadsMixInAWholeRead() {
        Answer answer = decide(
                "X86_64 mix\n{ uint64_t x; uint64_t 2:rax; }\n P0 | P1 | P2 ;\n movl $1,(x) | movl $1,4(x) | movq (x),%rax ;\n"
                        + "exists (2:rax=0x100000001)\n".replace("4(x)", "(x+4)"));
        assertThat(answer.states()).hasSize(4);
    }

    @Test
    void aWholeReadNeverSeesHalfOfAWholeWrite() {
        Answer answer = decide(
                "X86_64 whole\n{ uint64_t x; uint64_t 1:rax; }\n P0 | P1 ;\n movabs $0x100000001,%rbx | movq (x),%rax ;\n"
                        + " movq %rbx,(x) | movl (x),%ecx ;\nexists (1:rax=1 \\/ 1:rax=0x100000000)\n");
        assertThat(answer.observation()).isEqualTo("Never");
    }

    @Test
    void loopsAreUnrolledWithADoubt() {
        Answer answer = decide(
                "RISCV spin\n{ 0:x6=x; 1:x6=x; }\n P0 | P1 ;\n ori x5,x0,1 | L0: ;\n sw x5,0(x6) | lw x5,0(x6) ;\n"
                        + " | beq x5,x0,L0 ;\nforall (1:x5=1)\n");
        assertThat(answer.holds()).isTrue();
        assertThat(answer.doubts()).anyMatch(doubt -> doubt.contains("unrolled"));
    }

    @Test
    void anIncrementIsAtomicOnlyWithALock() {
        String plain = "X86_64 inc\n{ }\n P0 | P1 ;\n incl (x) | incl (x) ;\nexists ([x]=1)\n";
        assertThat(decide(plain).observation()).isEqualTo("Sometimes");
        assertThat(decide(plain.replace("incl", "lock incl")).observation()).isEqualTo("Never");
    }

    @Test
    void fourExclusivePairsOnOneLocationStayQuick() {
        String pair = " lr.w x7,0(x5) ;\n sc.w x8,x6,0(x5) ;\n lr.w x9,0(x5) ;\n sc.w x10,x11,0(x5) ;\n";
        String both = pair.replaceAll("(?m)^ (.*) ;$", " $1 | $1 ;");
        Answer answer = decide("RISCV pairs\n{ 0:x5=x; 1:x5=x; 0:x6=1; 0:x11=2; 1:x6=3; 1:x11=4; }\n P0 | P1 ;\n" + both
                + "locations [0:x7;0:x8;0:x9;0:x10;1:x7;1:x8;1:x9;1:x10;]\nexists ([x]=0)\n");
        assertThat(answer.candidates()).isLessThan(20_000);
        assertThat(answer.observation()).isEqualTo("Sometimes");
    }

    @Test
    void oneCheckerDecidesManyTestsWithoutMixingThem() {
        ModelChecker checker = new ModelChecker(new ModelChecker.Settings(Optional.empty(), 2, false));
        LitmusTest relaxed = LitmusParser.parse("test", SB);
        LitmusTest fenced = LitmusParser.parse("test",
                SB.replace(" movl (y),%eax | movl (x)", " mfence | mfence ;\n movl (y),%eax | movl (x)"));
        LitmusTest loads = LitmusParser.parse("test",
                SB.replace("movl $1,(x)", "movl (x),%ebx").replace("movl $1,(y)", "movl (y),%ebx"));
        for (int i = 0; i < 3; i++) {
            assertThat(checker.decide(relaxed).observation()).isEqualTo("Sometimes");
            assertThat(checker.decide(loads).observation()).isEqualTo("Always");
            assertThat(checker.decide(fenced).observation()).isEqualTo("Never");
            assertThat(checker.decide(relaxed).states()).hasSize(4);
        }
    }

    @Test
    void aFilterLeavesOutcomesOut() {
        Answer answer = decide(SB.replace("exists", "filter (0:rax=1)\nexists"));
        assertThat(answer.states()).hasSize(2);
    }

    @Test
    void aLabelThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> decide("RISCV T\n{ }\nP0;\nbne x5,x5,L9;\nj L9;\nexists true"))
                .hasMessageContaining("L9");
    }
}
