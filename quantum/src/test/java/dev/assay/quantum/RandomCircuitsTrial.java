package dev.assay.quantum;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Random circuits of four kinds on random devices, mapped, written, read again and verified:
 * {@code RandomCircuitsTrial FIRST COUNT} says what came of the circuits from seed FIRST on. Kinds, by seed: gates alone
 * on up to 14 qubits; steps of all sorts with branches; OpenQASM 2 and OpenQASM 3 texts.
 */
final class RandomCircuitsTrial {
    /** What is counted; all circuits are verified, {@code simulated} those whose states were compared too. */
    record Outcome(long first, int circuits, int directed, int apart, int branching, int swaps, int simulated,
            List<String> violations) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT,
                    "seeds %d to %d: %d circuits, %d on directed devices, %d on devices of two parts, %d with branches, "
                            + "%d swaps, %d simulated, %d violations%s",
                    first, first + circuits - 1, circuits, directed, apart, branching, swaps, simulated,
                    violations.size(), violations.isEmpty() ? "" : ": " + violations);
        }
    }

    private RandomCircuitsTrial() {}

    public static void main(String[] arguments) {
        Outcome outcome = run(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(outcome);
        System.exit(outcome.violations().isEmpty() ? 0 : 1);
    }

    static Outcome run(long first, int count) {
        int directed = 0;
        int apart = 0;
        int branching = 0;
        int swaps = 0;
        int simulated = 0;
        List<String> violations = new ArrayList<>();
        for (long seed = first; seed < first + count; seed++) {
            Circuit circuit = circuit(seed);
            Device device = device(seed, circuit.qubits());
            directed += device.directed() ? 1 : 0;
            apart += device.name().startsWith("two") ? 1 : 0;
            branching += circuit.operations().stream().anyMatch(Operation.Conditional.class::isInstance) ? 1 : 0;
            Verification verification = check(circuit, device, seed, violations);
            swaps += verification.swaps();
            simulated += verification.simulated() ? 1 : 0;
        }
        return new Outcome(first, count, directed, apart, branching, swaps, simulated, violations);
    }

    private static Circuit circuit(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch ((int) (seed % 4)) {
            case 0 -> {
                int qubits = 2 + random.nextInt(13);
                yield Circuit.of(qubits, 1, Circuits.steps(random, qubits, 1, random.nextInt(80), 0).stream()
                        .filter(Operation.Gate.class::isInstance).toList());
            }
            case 1 -> Circuits.random(seed);
            case 2 -> read(RandomPrograms.program(seed, false));
            default -> read(RandomPrograms.program(seed, true));
        };
    }

    private static Circuit read(RandomPrograms.Program program) {
        Circuit circuit = Qasm.parse("program", program.text());
        if (!circuit.equals(program.circuit())) {
            throw new AssertionError("this text is read as " + circuit.operations() + " and not as "
                    + program.circuit().operations() + ":\n" + program.text());
        }
        return circuit;
    }

    /** The texts' two registers never meet, so a device of two parts holds them. */
    private static Device device(long seed, int qubits) {
        SplittableRandom random = new SplittableRandom(~seed);
        boolean apart = seed % 4 > 1 && random.nextInt(4) == 0;
        Device plain = apart ? apart(random) : qubits > 9 ? Shapes.grid(3, 5) : Circuits.connected(random);
        return random.nextInt(3) > 0 ? plain : Circuits.directed(plain);
    }

    private static Device apart(SplittableRandom random) {
        Device left = random.nextBoolean() ? Shapes.ring(6 + random.nextInt(3)) : Shapes.grid(2, 3);
        Device right = random.nextBoolean() ? Shapes.line(6 + random.nextInt(3)) : Shapes.sycamore(3, 2);
        List<Device.Edge> edges = new ArrayList<>(left.edges());
        right.edges().forEach(e -> edges.add(new Device.Edge(e.from() + left.qubits(), e.to() + left.qubits())));
        return Device.of("two-" + left.name() + "-" + right.name(), left.qubits() + right.qubits(), edges);
    }

    /** Verifies what the mapper made, and what is read from its text, against the circuit. */
    private static Verification check(Circuit circuit, Device device, long seed, List<String> violations) {
        MappingOptions.Objective[] objectives = MappingOptions.Objective.values();
        Mapping mapping = Mapper.map(circuit, device, new MappingOptions(seed, Duration.ofMillis(20), 1,
                objectives[(int) (seed / 4 % objectives.length)]));
        String text = MappedText.of(mapping);
        Circuit again = Qasm.parse("seed " + seed, text);
        Verification verification = Verifier.verify(circuit, again, device,
                MappedText.initialLayout(text).orElseThrow());
        verification.violations().forEach(v -> violations.add("seed " + seed + " on " + device.name() + ": " + v));
        if (!java.util.Arrays.equals(verification.finalLayout(), mapping.finalLayout())) {
            violations.add("seed " + seed + " on " + device.name() + ": the final layouts differ");
        }
        if (!again.operations().equals(mapping.circuit().operations())) {
            violations.add("seed " + seed + ": the text is not read as the mapped circuit");
        }
        return verification;
    }
}
