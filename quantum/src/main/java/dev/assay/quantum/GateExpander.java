package dev.assay.quantum;

import dev.assay.quantum.GateDefinition.Call;
import dev.assay.quantum.GateDefinition.Modifier;
import dev.assay.quantum.Operation.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a gate call into kept gates: definitions are replaced by their bodies, modifiers by what they do.
 *
 * <p>
 * U, u and u3 are the matrix with a real upper left entry (as in OpenQASM 2 and in practice in compilers); a global
 * phase is dropped unless a control makes it visible.
 */
final class GateExpander {
    /** Nested definitions double at each level; more than this is taken for a mistake. */
    static final int MOST = 4_000_000;
    private static final String PHASE = "gphase";
    private static final Set<String> SELF_INVERSE = Set.of("id", "x", "y", "z", "h", "cx", "cy", "cz", "ch", "swap");
    private static final Map<String, String> INVERSES = Map.of("s", "sdg", "sdg", "s", "t", "tdg", "tdg", "t", "sx",
            "sxdg", "sxdg", "sx");
    private static final Map<String, String> CONTROLLED = Map.ofEntries(Map.entry("x", "cx"), Map.entry("y", "cy"),
            Map.entry("z", "cz"), Map.entry("h", "ch"), Map.entry("sx", "csx"), Map.entry("p", "cp"),
            Map.entry("u1", "cp"), Map.entry("rx", "crx"), Map.entry("ry", "cry"), Map.entry("rz", "crz"),
            Map.entry("u3", "cu3"), Map.entry("u", "cu3"), Map.entry("cx", "ccx"), Map.entry("cz", "ccz"),
            Map.entry("swap", "cswap"), Map.entry("cp", "ccp"), Map.entry("cu1", "ccp"));
    private static final Map<String, Double> PHASE_GATES = Map.of("s", Math.PI / 2, "sdg", -Math.PI / 2, "t",
            Math.PI / 4, "tdg", -Math.PI / 4);

    private final Map<String, GateDefinition> library;
    private final Map<String, GateDefinition> simpler;
    private int left = MOST;

    /** @param library larger standard gates; @param simpler kept gates in terms of others */
    GateExpander(Map<String, GateDefinition> library, Map<String, GateDefinition> simpler) {
        this.library = library;
        this.simpler = simpler;
    }

    /** The kept gates that this call stands for, in order. */
    void expand(GateDefinition gate, List<Modifier> modifiers, double[] angles, int[] qubits, List<Operation> into) {
        if (modifiers.isEmpty()) {
            plain(gate, angles, qubits, into);
            return;
        }
        for (Gate g : modified(gate, modifiers, angles, qubits)) {
            if (!g.name().equals(PHASE)) {
                add(g, into);
            }
        }
    }

    private void plain(GateDefinition gate, double[] angles, int[] qubits, List<Operation> into) {
        if (gate.kept()) {
            if (!gate.name().equals(PHASE)) {
                add(new Gate(gate.name(), angles, qubits), into);
            }
            return;
        }
        for (Call call : gate.body()) {
            expand(call.gate(), call.modifiers(), evaluate(call, angles), pick(call, qubits), into);
        }
    }

    private void add(Gate gate, List<Operation> into) {
        if (--left < 0) {
            throw new MappingException("a circuit may expand to at most " + MOST
                    + " gates; this one's nested definitions expand to more");
        }
        into.add(gate);
    }

    private static double[] evaluate(Call call, double[] arguments) {
        double[] values = new double[call.angles().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = call.angles().get(i).value(arguments);
            if (!Double.isFinite(values[i])) {
                throw new MappingException("an angle of " + call.gate().name() + " must be finite, not " + values[i]
                        + "; look for a division by zero in the definition that uses it");
            }
        }
        return values.length == 0 ? Gate.NO_ANGLES : values;
    }

    private static int[] pick(Call call, int[] qubits) {
        int[] picked = new int[call.qubits().length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = qubits[call.qubits()[i]];
        }
        return picked;
    }

    private List<Gate> modified(GateDefinition gate, List<Modifier> modifiers, double[] angles, int[] qubits) {
        int controls = 0;
        for (Modifier modifier : modifiers) {
            controls += modifier instanceof Modifier.Control c ? c.count() : 0;
        }
        List<Gate> gates = body(gate, angles, slice(qubits, controls, qubits.length));
        // The modifier nearest to the gate acts first; its controls are the qubits nearest to the gate's own.
        for (int i = modifiers.size() - 1; i >= 0; i--) {
            switch (modifiers.get(i)) {
                case Modifier.Inverse _ -> gates = inverse(gates);
                case Modifier.Power power -> gates = power(gates, power.exponent());
                case Modifier.Control control -> {
                    for (int k = 0; k < control.count(); k++) {
                        gates = controlled(gates, qubits[--controls], control.onZero());
                    }
                }
            }
            if (gates.size() > MOST) {
                throw new MappingException("a modified " + gate.name() + " expands to more than " + MOST + " gates");
            }
        }
        return gates;
    }

    private List<Gate> body(GateDefinition gate, double[] angles, int[] qubits) {
        if (gate.kept()) {
            return List.of(new Gate(gate.name(), angles, qubits));
        }
        List<Gate> gates = new ArrayList<>();
        for (Call call : gate.body()) {
            double[] values = evaluate(call, angles);
            int[] on = pick(call, qubits);
            gates.addAll(call.modifiers().isEmpty()
                    ? body(call.gate(), values, on)
                    : modified(call.gate(), call.modifiers(), values, on));
        }
        return gates;
    }

    private List<Gate> power(List<Gate> gates, double power) {
        if (power != Math.rint(power)) {
            return fraction(gates, power);
        }
        int exponent = (int) power;
        List<Gate> base = exponent < 0 ? inverse(gates) : gates;
        long total = (long) base.size() * Math.abs((long) exponent);
        if (total > MOST) {
            throw new MappingException("pow(" + exponent + ") expands to " + total + " gates, more than " + MOST);
        }
        List<Gate> all = new ArrayList<>();
        for (int i = 0; i < Math.abs(exponent); i++) {
            all.addAll(base);
        }
        return all;
    }

    /** The principal power, of a controlled gate as the controlled power. */
    private List<Gate> fraction(List<Gate> gates, double power) {
        if (gates.size() == 1 && gates.getFirst().qubits().length == 2) {
            Gate gate = gates.getFirst();
            Gate inner = GatePower.controlled(gate)
                    .orElseThrow(() -> new MappingException("pow(" + power + ") of " + gate.name()
                            + " cannot be read here; powers that are not whole are those of one-qubit and controlled gates"));
            return controlled(GatePower.of(List.of(inner), power), gate.qubits()[0], false);
        }
        return GatePower.of(gates, power);
    }

    private List<Gate> inverse(List<Gate> gates) {
        List<Gate> inverted = new ArrayList<>();
        for (Gate gate : gates.reversed()) {
            inverted.addAll(inverse(gate));
        }
        return inverted;
    }

    private List<Gate> inverse(Gate gate) {
        double[] a = gate.angles();
        String name = gate.name();
        if (SELF_INVERSE.contains(name)) {
            return List.of(gate);
        }
        if (INVERSES.containsKey(name)) {
            return List.of(new Gate(INVERSES.get(name), a, gate.qubits()));
        }
        return switch (name) {
            case PHASE, "u1", "p", "rx", "ry", "rz", "crx", "cry", "crz", "cu1", "cp", "rxx", "rzz" ->
                List.of(new Gate(name, new double[]{-a[0]}, gate.qubits()));
            case "u0" -> List.of(gate);
            case "u2" -> List.of(new Gate(name, new double[]{-a[1] - Math.PI, -a[0] + Math.PI}, gate.qubits()));
            case "u3", "u", "cu3" -> List.of(new Gate(name, new double[]{-a[0], -a[2], -a[1]}, gate.qubits()));
            case "cu" -> List.of(new Gate(name, new double[]{-a[0], -a[2], -a[1], -a[3]}, gate.qubits()));
            case "csx" -> inverse(body(simpler.get(name), a, gate.qubits()));
            default -> throw opaque(name, "inverted");
        };
    }

    private List<Gate> controlled(List<Gate> gates, int control, boolean onZero) {
        List<Gate> all = new ArrayList<>();
        if (onZero) {
            all.add(Gate.of("x", control));
        }
        for (Gate gate : gates) {
            all.addAll(controlled(gate, control));
        }
        if (onZero) {
            all.add(Gate.of("x", control));
        }
        return all;
    }

    private List<Gate> controlled(Gate gate, int control) {
        int[] with = new int[gate.qubits().length + 1];
        with[0] = control;
        System.arraycopy(gate.qubits(), 0, with, 1, gate.qubits().length);
        String name = gate.name();
        if (name.equals("id") || name.equals("u0")) {
            return List.of();
        }
        if (name.equals(PHASE)) {
            return List.of(new Gate("p", gate.angles(), with));
        }
        if (PHASE_GATES.containsKey(name)) {
            return List.of(new Gate("cp", new double[]{PHASE_GATES.get(name)}, with));
        }
        if (name.equals("sxdg")) {
            return inverse(List.of(new Gate("csx", gate.angles(), with)));
        }
        if (name.equals("u2")) {
            return List.of(new Gate("cu3", new double[]{Math.PI / 2, gate.angles()[0], gate.angles()[1]}, with));
        }
        if (CONTROLLED.containsKey(name)) {
            String controlled = CONTROLLED.get(name);
            return StandardGates.KEPT.containsKey(controlled)
                    ? List.of(new Gate(controlled, gate.angles(), with))
                    : body(library.get(controlled), gate.angles(), with);
        }
        if (!simpler.containsKey(name)) {
            throw opaque(name, "controlled");
        }
        List<Gate> all = new ArrayList<>();
        for (Gate part : body(simpler.get(name), gate.angles(), gate.qubits())) {
            all.addAll(controlled(part, control));
        }
        return all;
    }

    private static MappingException opaque(String name, String done) {
        return new MappingException("the opaque gate " + name + " has no definition and cannot be " + done
                + "; define it with 'gate'");
    }

    private static int[] slice(int[] from, int start, int end) {
        return java.util.Arrays.copyOfRange(from, start, end);
    }

    /** One kept gate as simpler ones (down to cx and one-qubit gates), or itself when it is as simple as can be. */
    static List<Operation> simplified(Gate gate) {
        GateDefinition definition = KnownGates.SIMPLER.get(gate.name());
        if (definition == null) {
            return Collections.singletonList(gate);
        }
        List<Operation> parts = new ArrayList<>();
        new GateExpander(Map.of(), Map.of()).plain(definition, gate.angles(), gate.qubits(), parts);
        List<Operation> all = new ArrayList<>();
        for (Operation part : parts) {
            all.addAll(simplified((Gate) part));
        }
        return all;
    }
}
