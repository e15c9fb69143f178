package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StandardGatesTest {
    @Test
    void simplerFormsOfGatesDoWhatTheirMatricesSay() {
        for (String name : KnownGates.SIMPLER.keySet()) {
            double[] angles = {0.7, -1.1, 2.3, 0.4};
            int count = StandardGates.KEPT.get(name).angles();
            Operation.Gate gate = new Operation.Gate(name, java.util.Arrays.copyOf(angles, count), new int[]{0, 1});
            same(name, 2, List.of(gate), GateExpander.simplified(gate));
            // A controlled gate shows the global phase too.
            Circuit controlled = Qasm.parse(name, "OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; " + (name
                    .matches("csx|cu1|cu3|rxx|rzz") ? "" : "ctrl @ " + call(gate)));
            if (!controlled.operations().isEmpty()) {
                Circuit simpler = Qasm.parse(name, "OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; gate g a,b { "
                        + body(GateExpander.simplified(gate)) + " } ctrl @ g q[2],q[0],q[1];");
                same("controlled " + name, 3, controlled.operations(), simpler.operations());
            }
        }
    }

    private static String call(Operation.Gate gate) {
        return text(gate, "q[2],q[0],q[1]");
    }

    private static String text(Operation.Gate gate, String on) {
        String angles = java.util.Arrays.stream(gate.angles()).mapToObj(Double::toString)
                .collect(java.util.stream.Collectors.joining(","));
        return gate.name().replace("u1", "p") + (angles.isEmpty() ? "" : "(" + angles + ")") + " " + on + ";";
    }

    private static String body(List<Operation> gates) {
        StringBuilder body = new StringBuilder();
        for (Operation operation : gates) {
            Operation.Gate gate = (Operation.Gate) operation;
            String on = java.util.Arrays.stream(gate.qubits()).mapToObj(q -> q == 0 ? "a" : "b")
                    .collect(java.util.stream.Collectors.joining(","));
            body.append(text(gate, on)).append(' ');
        }
        return body.toString();
    }

    @Test
    void largerGatesPermuteAsTheirNamesSay() {
        permutes("ccx", 3, i -> (i & 3) == 3 ? i ^ 4 : i);
        permutes("c3x", 4, i -> (i & 7) == 7 ? i ^ 8 : i);
        permutes("c4x", 5, i -> (i & 15) == 15 ? i ^ 16 : i);
        permutes("cswap", 3, i -> (i & 1) == 1 ? i & 1 | (i & 2) << 1 | (i & 4) >> 1 : i);
    }

    @Test
    void inversesUndo() {
        for (String name : StandardGates.KEPT.keySet()) {
            StandardGates.Shape shape = StandardGates.KEPT.get(name);
            String angles = shape.angles() == 0
                    ? ""
                    : "(" + "0.3,1.2,-0.8,0.5".substring(0, 4 * shape.angles() - (shape
                            .angles() > 2 ? 0 : 1)).replaceAll(",$", "") + ")";
            String on = shape.qubits() == 1 ? "q[0]" : "q[0],q[1]";
            Circuit there = Qasm.parse(name, "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; " + name + angles + " "
                    + on + "; inv @ " + name + angles + " " + on + ";");
            same(name, 2, there.operations(), List.of());
        }
    }

    private static void permutes(String name, int qubits, java.util.function.IntUnaryOperator to) {
        StringBuilder on = new StringBuilder();
        for (int q = 0; q < qubits; q++) {
            on.append(q > 0 ? "," : "").append("q[").append(q).append(']');
        }
        List<Operation> gates = Qasm.parse(name,
                "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[" + qubits + "]; " + name + " " + on + ";").operations();
        int[] axes = java.util.stream.IntStream.range(0, qubits).toArray();
        for (int basis = 0; basis < 1 << qubits; basis++) {
            List<Operation> prepared = new ArrayList<>();
            List<Operation> wanted = new ArrayList<>();
            for (int q = 0; q < qubits; q++) {
                if ((basis >> q & 1) == 1) {
                    prepared.add(Operation.Gate.of("x", q));
                }
                if ((to.applyAsInt(basis) >> q & 1) == 1) {
                    wanted.add(Operation.Gate.of("x", q));
                }
            }
            prepared.addAll(gates);
            Simulation got = Simulation.zero(qubits);
            Simulation expected = Simulation.zero(qubits);
            new Course(got, axes.clone(), 0, new SplittableRandom(1)).run(prepared);
            new Course(expected, axes.clone(), 0, new SplittableRandom(1)).run(wanted);
            assertThat(got.fidelity(expected, axes, axes)).as(name + " " + basis).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void powersThatAreNotWholeAreRootsOfTheirGates() {
        String head = "OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; ";
        String[][] pairs = {{"pow(0.5) @ x q[0];", "sx q[0];"}, {"pow(1/2) @ z q[0];", "s q[0];"},
            {"inv @ pow(1/2) @ s q[0];", "tdg q[0];"}, {"pow(0.25) @ rx(2) q[0];", "rx(0.5) q[0];"},
            {"pow(-0.5) @ x q[0];", "sxdg q[0];"}, {"pow(0.5) @ id q[0];", "id q[0];"},
            {"pow(2) @ pow(0.5) @ U(1, 2, 3) q[0];", "U(1, 2, 3) q[0];"},
            {"pow(3) @ pow(1/3) @ h q[0];", "h q[0];"}, {"pow(0.5) @ y q[0]; pow(0.5) @ y q[0];", "y q[0];"},
            {"ctrl @ pow(0.5) @ x q[0], q[1];", "csx q[0], q[1];"}, {"pow(0.5) @ cx q[0], q[1];", "csx q[0], q[1];"},
            {"ctrl @ pow(0.5) @ z q[0], q[1];", "cp(pi/2) q[0], q[1];"},
            {"pow(0.5) @ cp(1) q[2], q[0];", "cp(0.5) q[2], q[0];"},
            {"ctrl @ pow(2) @ pow(0.5) @ y q[0], q[1];", "cy q[0], q[1];"},
            {"ctrl @ pow(0.5) @ gphase(pi) q[0];", "s q[0];"}};
        for (String[] pair : pairs) {
            same(pair[0], 3, Qasm.parse("t", head + pair[0]).operations(),
                    Qasm.parse("t", head + pair[1]).operations());
        }
        assertThatThrownBy(() -> Qasm.parse("t", head + "pow(0.5) @ swap q[0], q[1];"))
                .hasMessageContaining("pow(0.5)");
        assertThatThrownBy(() -> Qasm.parse("t", head + "pow(1/0) @ x q[0];")).hasMessageContaining("a power");
    }

    private static void same(String name, int qubits, List<Operation> one, List<Operation> other) {
        int[] axes = java.util.stream.IntStream.range(0, qubits).toArray();
        int[] oneAxes = axes.clone();
        int[] otherAxes = axes.clone();
        Simulation a = Simulation.random(qubits, 7);
        Simulation b = Simulation.random(qubits, 7);
        new Course(a, oneAxes, 0, new SplittableRandom(1)).run(one);
        new Course(b, otherAxes, 0, new SplittableRandom(1)).run(other);
        assertThat(a.fidelity(b, oneAxes, otherAxes)).as(name).isCloseTo(1, within(1e-9));
    }
}
