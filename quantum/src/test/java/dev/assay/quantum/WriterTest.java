package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is written is compared, when read again, with the circuit itself: registers, steps, bodies, conditions, angles. */
class WriterTest {
    private static final int CIRCUITS = 300;
    private static final List<String> UNITS = List.of("ns", "us", "ms", "s", "dt");

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void openQasm3ReadsAsTheCircuitThatWasWritten() {
        int deepest = 0;
        for (int i = 0; i < CIRCUITS; i++) {
            Circuit circuit = circuit(List.of(), 3);
            assertThat(Qasm.parse("circuit " + i, Qasm.write3(circuit))).as("circuit %d", i).isEqualTo(circuit);
            deepest = Math.max(deepest, depth(circuit.operations()));
        }
        assertThat(deepest).isEqualTo(3);
    }

    @Test
    void openQasm2ReadsAsTheCircuitThatWasWritten() {
        Circuit.Opaque opaque = new Circuit.Opaque("pulse", 2, 3);
        for (int i = 0; i < CIRCUITS; i++) {
            Circuit circuit = circuit(List.of(opaque), 0);
            assertThat(Qasm.parse("circuit " + i, Qasm.write2(circuit))).as("circuit %d", i).isEqualTo(circuit);
        }
    }

    private static int depth(List<Operation> steps) {
        return steps.stream().filter(Operation.Conditional.class::isInstance).map(Operation.Conditional.class::cast)
                .mapToInt(c -> 1 + Math.max(depth(c.then()), depth(c.otherwise()))).max().orElse(0);
    }

    /** @param depth how deep branches are nested; with 0, only what version 2 can say */
    private Circuit circuit(List<Circuit.Opaque> opaque, int depth) {
        List<Register> qubits = registers("q", 2);
        List<Register> bits = registers("c", 1);
        int count = qubits.getLast().offset() + qubits.getLast().size();
        List<Operation> steps = new ArrayList<>();
        for (int k = random.nextInt(30); k > 0; k--) {
            steps.add(switch (random.nextInt(4)) {
                case 0 -> depth == 0
                        ? new Operation.Conditional(whole(bits, false), List.of(plain(count, bits)), List.of())
                        : branch(count, bits, depth);
                case 1 -> depth == 0 ? opaque(count) : waiting(count);
                default -> random.nextInt(6) == 0 ? barrier(count) : plain(count, bits);
            });
        }
        return new Circuit(qubits, bits, opaque, steps);
    }

    private List<Register> registers(String letter, int least) {
        List<Register> registers = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i <= random.nextInt(3); i++) {
            registers.add(new Register(letter + i, offset, least + random.nextInt(3)));
            offset += registers.getLast().size();
        }
        return registers;
    }

    private Operation plain(int qubits, List<Register> bits) {
        int a = random.nextInt(qubits);
        int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
        if (random.nextInt(5) == 0) {
            int all = bits.getLast().offset() + bits.getLast().size();
            return random.nextBoolean() ? new Operation.Reset(a) : new Operation.Measure(a, random.nextInt(all));
        }
        List<String> names = List.copyOf(StandardGates.KEPT.keySet());
        String name = names.get(random.nextInt(names.size()));
        StandardGates.Shape shape = StandardGates.KEPT.get(name);
        return new Operation.Gate(name, IntStream.range(0, shape.angles()).mapToDouble(i -> angle()).toArray(),
                shape.qubits() == 1 ? new int[]{a} : new int[]{a, b});
    }

    private double angle() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(-9, 9);
            case 1 -> -0.0;
            case 2 -> random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-300, 300));
            default -> random.nextDouble(-7, 7);
        };
    }

    private Operation opaque(int qubits) {
        return qubits < 3
                ? new Operation.Reset(0)
                : new Operation.Gate("pulse", new double[]{angle(), angle()}, new int[]{qubits - 1, 0, 1});
    }

    private Operation waiting(int qubits) {
        return new Operation.Delay(random.nextInt(qubits), Math.abs(angle()),
                UNITS.get(random.nextInt(UNITS.size())));
    }

    private Operation barrier(int qubits) {
        return new Operation.Barrier(random.ints(0, qubits).distinct().limit(1 + random.nextInt(qubits)).toArray());
    }

    private Operation branch(int qubits, List<Register> bits, int depth) {
        List<Operation> then = body(qubits, bits, depth - 1);
        List<Operation> otherwise = random.nextBoolean() ? List.of() : body(qubits, bits, depth - 1);
        return new Operation.Conditional(random.nextBoolean() ? whole(bits, true) : some(bits), then, otherwise);
    }

    private List<Operation> body(int qubits, List<Register> bits, int depth) {
        List<Operation> body = new ArrayList<>();
        for (int k = random.nextInt(4); k >= 0; k--) {
            body.add(switch (random.nextInt(6)) {
                case 0 -> waiting(qubits);
                case 1 -> barrier(qubits);
                case 2, 3 -> depth > 0 ? branch(qubits, bits, depth) : plain(qubits, bits);
                default -> plain(qubits, bits);
            });
        }
        return body;
    }

    private Condition whole(List<Register> bits, boolean negatable) {
        int[] tested = QasmReader.all(bits.get(random.nextInt(bits.size())));
        return new Condition(tested, values(tested.length),
                negatable && tested.length > 1 && random.nextBoolean());
    }

    private Condition some(List<Register> bits) {
        int all = bits.getLast().offset() + bits.getLast().size();
        int[] tested = random.ints(0, all).distinct().limit(1 + random.nextInt(all)).toArray();
        return new Condition(tested, values(tested.length), tested.length > 1 && random.nextBoolean());
    }

    private boolean[] values(int count) {
        boolean[] values = new boolean[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextBoolean();
        }
        return values;
    }

    @Test
    void namesThatAVersionDoesNotTakeAreChanged() {
        Circuit two = Qasm.parse("two", "OPENQASM 2.0; include \"qelib1.inc\"; qreg bit[2]; creg output[1]; creg x[1];"
                + " h bit; measure bit[0] -> output[0]; measure bit[1] -> x[0];");
        String three = Qasm.write3(two);
        assertThat(three).contains("qubit[2] rbit;", "bit[1] routput;", "bit[1] rx_;");
        assertThat(Qasm.parse("three", three).operations()).isEqualTo(two.operations());
        Circuit greek = Qasm.parse("greek", "OPENQASM 3; include \"stdgates.inc\"; qubit[2] \u03a8; bit _b; h \u03a8; "
                + "_b = measure \u03a8[0];");
        assertThat(Qasm.write3(greek)).contains("qubit[2] \u03a8;");
        assertThat(Qasm.write2(greek)).contains("qreg r[2];", "creg r_b[1];");
        assertThat(Qasm.parse("again", Qasm.write2(greek)).operations()).isEqualTo(greek.operations());
        Circuit physical = Qasm.parse("p", "OPENQASM 3; include \"stdgates.inc\"; bit r; h $1; r = measure $1;");
        assertThat(Qasm.parse("again", Qasm.write2(physical)).operations()).isEqualTo(physical.operations());
        assertThat(Qasm.parse("again", Qasm.write3(physical)).operations()).isEqualTo(physical.operations());
    }

    @Test
    void aBarrierUnderAConditionIsNotWrittenInVersion2() {
        Circuit circuit = Circuit.of(1, 1, List.of(new Operation.Conditional(
                new Condition(new int[]{0}, new boolean[]{true}, false),
                List.of(new Operation.Barrier(new int[]{0})), List.of())));
        assertThatThrownBy(() -> Qasm.write2(circuit)).hasMessageContaining("OpenQASM 2.0 cannot say");
        assertThat(Qasm.parse("again", Qasm.write3(circuit))).isEqualTo(circuit);
    }

    @Test
    void anOwnDefinitionOfAStandardGateCountsUnlessItIsACopy() {
        String head = "OPENQASM 2.0; include \"qelib1.inc\"; ";
        Circuit other = Qasm.parse("t",
                head + "gate csx a,b { x b; } gate p(t) a { rz(t) a; } qreg q[2]; csx q[0],q[1];"
                        + " p(1) q[0];");
        assertThat(other.operations()).first().isEqualTo(Operation.Gate.of("x", 1));
        assertThat(other.operations()).last().isEqualTo(new Operation.Gate("p", new double[]{1}, new int[]{0}));
        Circuit three = Qasm.parse("t",
                "OPENQASM 3; include \"stdgates.inc\"; gate rzz(t) a,b { cx a,b; p(t) b; cx a,b; }"
                        + " gate csx a,b { ctrl @ sx a,b; } qubit[2] q; rzz(1) q[0],q[1]; csx q[0],q[1];");
        assertThat(three.operations()).hasSize(4).last().isEqualTo(Operation.Gate.of("csx", 0, 1));
    }
}
