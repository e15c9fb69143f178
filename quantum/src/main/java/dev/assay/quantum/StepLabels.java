package dev.assay.quantum;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** How pictures name steps, wires and conditions. */
final class StepLabels {
    /** Angles are shown as parts of pi with these below the line. */
    private static final int[] PARTS = {1, 2, 3, 4, 6, 8, 16, 32, 64};

    /** Texts give angles in six digits or more. */
    private static final double SAME = 1e-5;

    private final List<Register> bitRegisters;
    private final String[] qubits;
    private final String[] bits;

    StepLabels(Circuit circuit) {
        this.qubits = names(circuit.qubitRegisters(), circuit.qubits());
        this.bitRegisters = circuit.bitRegisters();
        this.bits = names(circuit.bitRegisters(), circuit.bits());
    }

    private static String[] names(List<Register> registers, int total) {
        String[] names = new String[total];
        for (Register register : registers) {
            for (int i = 0; i < register.size(); i++) {
                names[register.offset() + i] = register.name() + (register.name().equals("$") ? "" + i : "[" + i + "]");
            }
        }
        return names;
    }

    String qubit(int q) {
        return qubits[q];
    }

    /** A gate with its angles, a measurement with its bit. */
    String of(Operation operation) {
        return switch (operation) {
            case Operation.Gate g -> g.name() + angles(g);
            case Operation.Measure m -> "M " + bits[m.bit()];
            case Operation.Reset _ -> "|0>";
            case Operation.Barrier _ -> "";
            case Operation.Delay d -> "wait " + QasmWriter.angle(Math.rint(d.amount() * 100) / 100) + d.unit();
            case Operation.Conditional c -> condition(c.condition());
        };
    }

    static String angles(Operation.Gate gate) {
        if (gate.angles().length == 0) {
            return "";
        }
        StringJoiner all = new StringJoiner(",", "(", ")");
        Arrays.stream(gate.angles()).mapToObj(StepLabels::angle).forEach(all::add);
        return all.toString();
    }

    static String angle(double angle) {
        for (int part : PARTS) {
            double times = angle / Math.PI * part;
            long whole = Math.round(times);
            if (whole != 0 && Math.abs(whole) < 100 && Math.abs(times - whole) < SAME) {
                String above = whole == 1 ? "" : whole == -1 ? "-" : Long.toString(whole);
                return above + "\u03c0" + (part == 1 ? "" : "/" + part);
            }
        }
        return Math.abs(angle) < 5e-3 && angle != 0 || Math.abs(angle) >= 1e4
                ? String.format(Locale.ROOT, "%.1e", angle)
                : String.format(Locale.ROOT, "%.2f", angle).replaceAll("\\.?0+$", "");
    }

    String condition(Condition condition) {
        int[] tested = condition.bits();
        String shown = tested.length == 1
                ? bits[tested[0]]
                : bitRegisters.stream().filter(r -> Arrays.equals(QasmReader.all(r), tested)).map(Register::name)
                        .findFirst().orElseGet(() -> Arrays.stream(tested).mapToObj(b -> bits[b])
                                .collect(Collectors.joining(",")));
        return "if " + shown + (condition.negated() ? "\u2260" : "=") + condition.value();
    }
}
