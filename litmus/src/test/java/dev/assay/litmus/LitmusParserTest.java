package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.litmus.Condition.Quantifier;
import dev.assay.litmus.InitialState.ThreadRegister;
import org.junit.jupiter.api.Test;

class LitmusParserTest {
    private static final String SB = """
            X86_64 SB
            "PodWR Fre PodWR Fre"
            Orig=PodWR Fre PodWR Fre
            { x=0; int y=0; }
             P0            | P1            ;
             movl $1,(x)   | movl $1,(y)   ;
             movl (y),%eax | movl (x),%eax ;
            exists (0:rax=0 /\\ 1:rax=0)
            """;

    private static LitmusTest parse(String text) {
        return LitmusParser.parse("test", text);
    }

    @Test
    void readsAWholeTest() {
        LitmusTest test = parse(SB);
        assertThat(test.name()).isEqualTo("SB");
        assertThat(test.architecture()).isEqualTo(Architecture.X86_64);
        assertThat(test.information()).containsEntry("Orig", "PodWR Fre PodWR Fre");
        assertThat(test.threads()).hasSize(2);
        assertThat(test.threads().get(1).lines()).containsExactly(6, 7);
        assertThat(test.condition().quantifier()).isEqualTo(Quantifier.EXISTS);
    }

    @Test
    void acceptsTheOlderIntelSyntaxOfX86() {
        LitmusTest test = parse("X86 SB\n{ }\n P0 | P1 ;\n MOV [x],$1 | MOV [y],$1 ;\n MOV EAX,[y] | MOV EAX,[x] ;\n"
                + "exists (0:EAX=0 /\\ 1:EAX=0)\n");
        assertThat(test.threads().getFirst().instructions().getFirst()).isEqualTo(new X86Instruction.Move(4,
                new X86Instruction.Memory("x", 0, null, null, 1), new X86Instruction.Immediate(1), false));
    }

    @Test
    void readsRegistersPointersTypesAndArraysOfTheInitialState() {
        LitmusTest test = parse(
                "AArch64 T\n{ 0:X1=x; uint64_t 0:X2=5; int z[3]={7,8}; uint64_t *p=&z; [q]=-1; }\nP0;\nNOP;\nforall true\n");
        assertThat(test.initial().registers().get(new ThreadRegister(0, "X1")).elements())
                .containsExactly(new Value.Address("x", 0));
        assertThat(test.initial().registers().get(new ThreadRegister(0, "X2")).elementBytes()).isEqualTo(8);
        assertThat(test.initial().variables().get("z").elements()).containsExactly(new Value.Number(7),
                new Value.Number(8),
                new Value.Number(0));
        assertThat(test.initial().variables().get("p").elements()).containsExactly(new Value.Address("z", 0));
        assertThat(test.initial().variables().get("q").elements()).containsExactly(new Value.Number(-1));
    }

    @Test
    void labelsMayShareTheirLineWithAnInstruction() {
        LitmusTest test = parse("RISCV T\n{ }\nP0;\nbne x5,x0,L0;\nL0: ori x6,x0,1;\nexists (0:x6=1)\n");
        assertThat(test.threads().getFirst().labels()).containsEntry("L0", 1);
    }

    @Test
    void readsJavaThreads() {
        LitmusTest test = parse("Java T\n{ x=0; y=0; }\nP0 {\n X.setRelease(1);\n}\nP1 {\n int r = X.getAcquire();\n"
                + " if (r == 1) { Y.set(r + 1); }\n}\nexists (1:r=1)\n");
        assertThat(test.threads().get(0).instructions()).containsExactly(
                new JavaStatement.Set("x", JavaStatement.Mode.RELEASE, new JavaStatement.Literal(1)));
        assertThat(test.threads().get(1).instructions()).hasSize(2);
    }

    @Test
    void theEndingOfAFileIsNoPartOfTheTestsName() {
        assertThat(parse(SB.replace("X86_64 SB", "X86_64 SB.litmus")).name()).isEqualTo("SB");
    }

    @Test
    void conditionsKeepTheirPrecedence() {
        LitmusTest test = parse(SB.replace("0:rax=0 /\\ 1:rax=0", "0:rax=1 \\/ not 1:rax=0 /\\ [x]=1"));
        assertThat(test.condition().proposition()).isInstanceOf(Proposition.Or.class);
    }

    @Test
    void refusesAnUnknownInstructionByNameAndPlace() {
        assertThatThrownBy(() -> parse(SB.replace("movl (y),%eax", "frobnicate %eax")))
                .isInstanceOf(LitmusException.class).hasMessageContaining("test:7:2")
                .hasMessageContaining("'frobnicate' is not supported");
    }

    @Test
    void refusesAnUnknownArchitectureAndSaysWhichAreKnown() {
        assertThatThrownBy(() -> parse("PPC T\n{ }\nP0;\nexists true")).hasMessageContaining("'PPC'")
                .hasMessageContaining("AArch64");
    }

    @Test
    void refusesARegisterThatIsNone() {
        assertThatThrownBy(() -> parse(SB.replace("%eax", "%exx"))).hasMessageContaining("'%exx' is not a register");
    }

    @Test
    void refusesAConditionOnAThreadThatIsNotThere() {
        assertThatThrownBy(() -> parse(SB.replace("1:rax", "5:rax"))).hasMessageContaining("threads 0 to 1")
                .hasMessageContaining("test:8:");
    }

    @Test
    void refusesWhatFollowsAnInstruction() {
        assertThatThrownBy(() -> parse("RISCV T\n{ }\nP0;\nlw x5,0(x6) x7;\nexists true"))
                .hasMessageContaining("nothing more is expected").hasMessageContaining("4:13");
    }

    @Test
    void refusesACommentThatIsNeverClosed() {
        assertThatThrownBy(() -> parse("X86_64 T\n(* oh\n{ }")).hasMessageContaining("2:1")
                .hasMessageContaining("never closed");
    }

    @Test
    void refusesConditionsNestedTooDeeply() {
        assertThatThrownBy(() -> parse("RISCV T\n{ }\nP0;\nnop;\nexists " + "(".repeat(5000) + "true"))
                .isInstanceOf(LitmusException.class).hasMessageContaining("nested");
    }
}
