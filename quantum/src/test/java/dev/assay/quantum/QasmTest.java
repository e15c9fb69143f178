package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QasmTest {
    private static final String HEAD = "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[3];\ncreg c[3];\n";
    private static final String HEAD3 = "OPENQASM 3;\ninclude \"stdgates.inc\";\nqubit[3] q;\nbit[3] c;\n";

    @Test
    void registersAreBroadcast() {
        Circuit circuit = Qasm.parse("t", HEAD + "qreg r[3]; h q; cx q,r; cx q[0],r; measure q -> c;");
        assertThat(circuit.operations()).hasSize(3 + 3 + 3 + 3);
        assertThat(circuit.operations().get(4)).isEqualTo(Operation.Gate.of("cx", 1, 4));
        assertThat(circuit.operations().get(8)).isEqualTo(Operation.Gate.of("cx", 0, 5));
    }

    @Test
    void customGatesAreExpandedWithTheirAngles() {
        Circuit circuit = Qasm.parse("t", HEAD
                + "gate turn(a,b) x,y { rz(a/2) x; cx x,y; barrier x,y; rz(-a/2+b) y; } turn(pi,1) q[2],q[0];");
        assertThat(circuit.operations()).containsExactly(
                new Operation.Gate("rz", new double[]{Math.PI / 2}, new int[]{2}),
                Operation.Gate.of("cx", 2, 0), new Operation.Gate("rz", new double[]{-Math.PI / 2 + 1}, new int[]{0}));
    }

    @Test
    void anglesAreComputed() {
        Circuit circuit = Qasm.parse("t", HEAD + "rz(-2^3^0+sin(pi/2)*4/(1+1)) q[0]; rz(sqrt(4)-ln(exp(1))) q[0];");
        assertThat(((Operation.Gate) circuit.operations().get(0)).angles()[0]).isEqualTo(0);
        assertThat(((Operation.Gate) circuit.operations().get(1)).angles()[0]).isEqualTo(1);
    }

    @Test
    void conditionsTestRegisters() {
        Circuit circuit = Qasm.parse("t", HEAD + "if(c==5) x q[1];");
        Operation.Conditional conditional = (Operation.Conditional) circuit.operations().getFirst();
        assertThat(conditional.condition().expected()).containsExactly(true, false, true);
        assertThat(Qasm.write2(circuit)).contains("if(c==5) x q[1];");
    }

    @Test
    void openQasm3ControlsBranchesLoopsAndDelays() {
        Circuit circuit = Qasm.parse("t", HEAD3 + """
                const int n = 2;
                duration d = 100ns;
                for int i in [0:n-1] { cx q[i], q[i+1]; }
                ctrl @ inv @ s q[0], q[1];
                negctrl @ x q[0], q[2];
                pow(2) @ t q[0];
                delay[d] q[1];
                c[0] = measure q[0];
                if (c[0]) { x q[1]; } else { cx q[0], q[2]; h q[0]; }
                if (n == 3) { x q[0]; }
                c = measure q;
                """);
        assertThat(circuit.operations().subList(0, 9)).containsExactly(Operation.Gate.of("cx", 0, 1),
                Operation.Gate.of("cx", 1, 2), new Operation.Gate("cp", new double[]{-Math.PI / 2}, new int[]{0, 1}),
                Operation.Gate.of("x", 0), Operation.Gate.of("cx", 0, 2), Operation.Gate.of("x", 0),
                Operation.Gate.of("t", 0), Operation.Gate.of("t", 0), new Operation.Delay(1, 100, "ns"));
        assertThat(circuit.operations()).hasSize(14);
        assertThat(((Operation.Conditional) circuit.operations().get(10)).otherwise()).hasSize(2);
    }

    private static List<Operation> steps3(String text) {
        return Qasm.parse("t", HEAD3 + text).operations();
    }

    private static Operation.Gate gate(String name, double angle, int qubit) {
        return new Operation.Gate(name, new double[]{angle}, new int[]{qubit});
    }

    @Test
    void blocksHaveTheirOwnConstants() {
        assertThat(steps3("const int i = 2; for int i in [0:1] { const float a = i + 0.5; rz(a) q[i]; } x q[i];"))
                .containsExactly(gate("rz", 0.5, 0), gate("rz", 1.5, 1), Operation.Gate.of("x", 2));
        assertThat(steps3("for int i in {0, 2} { duration d = 10ns * i; delay[d] q[i]; }"))
                .containsExactly(new Operation.Delay(0, 0, "ns"), new Operation.Delay(2, 20, "ns"));
        assertThatThrownBy(() -> steps3("if (true) { const int k = 1; } rz(k) q[0];")).hasMessageContaining("'k'");
        assertThatThrownBy(() -> steps3("int k = 1; k = 2;")).hasMessageContaining("'k' is a constant here");
        assertThatThrownBy(() -> steps3("for int i in [0:999999] { for int j in [0:999999] { } }"))
                .hasMessageContaining("turns together");
    }

    @Test
    void rangesAndSetsNameMembers() {
        assertThat(steps3("h q[{0, 2}]; x q[0:2:2]; y q[-2:-1]; z q[2:-1:1]; s q[:1];")).containsExactly(
                Operation.Gate.of("h", 0), Operation.Gate.of("h", 2), Operation.Gate.of("x", 0),
                Operation.Gate.of("x", 2), Operation.Gate.of("y", 1), Operation.Gate.of("y", 2),
                Operation.Gate.of("z", 2), Operation.Gate.of("z", 1), Operation.Gate.of("s", 0),
                Operation.Gate.of("s", 1));
        assertThatThrownBy(() -> steps3("h q[2:0];")).hasMessageContaining("empty");
        assertThatThrownBy(() -> steps3("h q[0:3];")).hasMessageContaining("there is no 3");
    }

    @Test
    void durationsAreAddedAndMultiplied() {
        assertThat(steps3("duration d = 100ns; const int n = 3; delay[2*d] q[0]; delay[(d + 0.5us) / 2] q[0]; "
                + "delay[n*(d - 20ns)] q[0]; delay[4dt + 2*3dt] q[0]; delay[5 ms] q[0];"))
                .containsExactly(new Operation.Delay(0, 200, "ns"), new Operation.Delay(0, 300, "ns"),
                        new Operation.Delay(0, 240, "ns"), new Operation.Delay(0, 10, "dt"),
                        new Operation.Delay(0, 5, "ms"));
        assertThatThrownBy(() -> steps3("delay[10ns - 20ns] q[0];")).hasMessageContaining("zero or more, not -10.0ns");
        assertThatThrownBy(() -> steps3("delay[10ns + 2dt] q[0];")).hasMessageContaining("cannot be added");
        assertThatThrownBy(() -> steps3("delay[10ns * 2ns] q[0];")).hasMessageContaining("multiplied with a number");
        assertThatThrownBy(() -> steps3("delay[10] q[0];")).hasMessageContaining("with a unit");
        assertThatThrownBy(() -> steps3("delay[" + "(".repeat(100_000))).hasMessageContaining("nested at most");
        assertThatThrownBy(() -> steps3("delay[1ns/0] q[0];")).hasMessageContaining("zero or more");
    }

    @Test
    void testsOfBitsAreJoinedByAndAndOr() {
        Operation.Conditional or = (Operation.Conditional) steps3("if (c[0] || c[1] == 0 || !c[2]) { x q[0]; }")
                .getFirst();
        assertThat(or.condition()).isEqualTo(new Condition(new int[]{0, 1, 2}, new boolean[]{false, true, true}, true));
        assertThat(((Operation.Conditional) steps3("if (!(c[0] || c[1])) { x q[0]; }").getFirst()).condition())
                .isEqualTo(new Condition(new int[]{0, 1}, new boolean[]{false, false}, false));
        assertThat(steps3("if (c[0] || true) { x q[0]; }")).containsExactly(Operation.Gate.of("x", 0));
        assertThat(steps3("if (c[0] || !c[0]) { x q[0]; }")).containsExactly(Operation.Gate.of("x", 0));
        assertThatThrownBy(() -> steps3("if ((c[0] || c[1]) && c[2]) { x q[0]; }"))
                .hasMessageContaining("nest the ifs");
    }

    @Test
    void numbersHaveFourBasesAndBitsBeginAsZero() {
        assertThat(steps3("bit[2] d = \"00\"; bit e = 0; rz(0x1F + 0b101 + 0o17 + 1_000) q[0];"))
                .containsExactly(gate("rz", 31 + 5 + 15 + 1000, 0));
        assertThatThrownBy(() -> steps3("bit[2] d = \"01\";")).hasMessageContaining("begins as 0");
        assertThatThrownBy(() -> steps3("rz(0b12) q[0];")).hasMessageContaining("base 2");
        assertThat(steps3("@note anything (at all\nx q[0];")).containsExactly(Operation.Gate.of("x", 0));
    }

    @Test
    void physicalQubitsAreNumberedAsTheyAre() {
        Circuit circuit = Qasm.parse("t", "OPENQASM 3; include \"stdgates.inc\"; cx $2, $5; h $0;");
        assertThat(circuit.qubits()).isEqualTo(6);
        assertThat(Qasm.parse("t", Qasm.write3(circuit)).operations()).isEqualTo(circuit.operations());
    }

    @Test
    void errorsShowTheirPlaceWithACaret() {
        assertThatThrownBy(() -> Qasm.parse("file.qasm", HEAD + "h q[0];\n  foo q[1];\n"))
                .isInstanceOf(QasmException.class).hasMessageStartingWith("file.qasm:6:3: the gate 'foo' is not known")
                .hasMessageEndingWith("\n    foo q[1];\n    ^");
    }

    @Test
    void whatIsWrongIsRefusedWithItsRule() {
        refused("cx q[0],q[0];", "must differ");
        refused("h q[3];", "there is no 3");
        refused("rz(1/0) q[0];", "finite");
        refused("rz(0/0) q[0];", "finite");
        refused("rz q[0];", "takes 1 angle");
        refused("cx q[0];", "takes 2 qubit");
        refused("qreg q[2];", "declared already");
        refused("qreg r[0];", "between 1 and");
        refused("qreg r[99999999999999999999];", "between 1 and");
        refused("gate a x { a x; }", "not known");
        refused("gate a x,x { }", "twice");
        refused("if(c==8) x q[0];", "never equals 8");
        refused("measure q -> q;", "no classical register");
        refused("include \"/etc/passwd\";", "can include only");
        refused("h q[0]", "expected ';'");
        refused("x q[0]; \u0007", "U+0007");
        refused("/* open", "never closed");
        refused("rz(" + "(".repeat(100_000) + "1", "nested at most");
        assertThatThrownBy(() -> Qasm.parse("t", "qreg q[1];")).hasMessageContaining("OPENQASM 2.0");
        assertThatThrownBy(() -> Qasm.parse("t", HEAD3 + "while (true) {}")).hasMessageContaining("outside the part");
    }

    private static void refused(String statement, String rule) {
        assertThatThrownBy(() -> Qasm.parse("t", HEAD + statement)).as(statement).isInstanceOf(QasmException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void doublingDefinitionsDoNotExhaustMemory() {
        StringBuilder text = new StringBuilder(HEAD + "gate g0 a { x a; }\n");
        for (int i = 1; i < 40; i++) {
            text.append("gate g").append(i).append(" a { g").append(i - 1).append(" a; g").append(i - 1)
                    .append(" a; }\n");
        }
        assertThatThrownBy(() -> Qasm.parse("t", text + "g39 q[0];")).isInstanceOf(QasmException.class)
                .hasMessageContaining("expand");
    }

    @Test
    void includesStayInTheirFolderAndDoNotGoInCircles(@TempDir Path folder) throws IOException {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Files.writeString(sub.resolve("main.qasm"), "OPENQASM 2.0; include \"a.inc\"; qreg q[1]; mine q[0];");
        Files.writeString(sub.resolve("a.inc"), "include \"qelib1.inc\"; gate mine x { h x; }");
        assertThat(Qasm.read(sub.resolve("main.qasm")).operations()).hasSize(1);
        Files.writeString(sub.resolve("a.inc"), "include \"main.qasm\";");
        assertThatThrownBy(() -> Qasm.read(sub.resolve("main.qasm"))).hasMessageContaining("includes itself");
        Files.writeString(folder.resolve("out.inc"), "");
        Files.writeString(sub.resolve("bad.qasm"), "OPENQASM 2.0; include \"../out.inc\";");
        assertThatThrownBy(() -> Qasm.read(sub.resolve("bad.qasm"))).hasMessageContaining("own folder");
        Files.writeString(sub.resolve("bad.qasm"), "OPENQASM 2.0; include \"" + folder.resolve("out.inc") + "\";");
        assertThatThrownBy(() -> Qasm.read(sub.resolve("bad.qasm"))).hasMessageContaining("own folder");
        Files.createSymbolicLink(sub.resolve("link.inc"), folder.resolve("out.inc"));
        Files.writeString(sub.resolve("bad.qasm"), "OPENQASM 2.0; include \"link.inc\";");
        assertThatThrownBy(() -> Qasm.read(sub.resolve("bad.qasm"))).hasMessageContaining("own folder");
    }

    @Test
    void aMillionGatesOnOneLineAreRead() {
        String text = HEAD.replace("\n", " ") + "cx q[0],q[1];".repeat(1_000_000);
        assertThat(Qasm.parse("t", text).operations()).hasSize(1_000_000);
        assertThatThrownBy(() -> Qasm.parse("t", text + "oops")).extracting(e -> e.getMessage().length())
                .satisfies(length -> assertThat((int) length).isLessThan(500));
    }

    @Test
    void noTextMakesTheReaderFailOtherwiseThanByItsOwnError() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> seeds = List.of(HEAD + "gate g(a) x,y { cx x,y; rz(a) y; } g(pi/2) q[0],q[1]; if(c==1) x q[0];",
                HEAD3 + "for int i in [0:2] { ctrl(2) @ x q[0],q[1],q[2]; } if (c[0] == 1 && !c[1]) { h q; } delay[1us] q;");
        String alphabet = "qc[](){};,.+-*/^=<>!@$\"'0123456789 abxpi\n\\\u00e9";
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int k = random.nextInt(6); k >= 0; k--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            try {
                Qasm.parse("fuzz", text.toString());
            } catch (QuantumException _) {
                // The reader's own error, with its place: that is what is wanted.
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }
}
