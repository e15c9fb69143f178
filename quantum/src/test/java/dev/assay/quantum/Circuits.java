package dev.assay.quantum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random circuits of everything that the readers know. */
final class Circuits {
    private Circuits() {}

    static Circuit random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int qubits = 2 + random.nextInt(7);
        int bits = 1 + random.nextInt(3);
        return Circuit.of(qubits, bits, steps(random, qubits, bits, random.nextInt(60), 2));
    }

    static List<Operation> steps(SplittableRandom random, int qubits, int bits, int count, int depth) {
        List<String> names = List.copyOf(StandardGates.KEPT.keySet());
        List<Operation> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            switch (random.nextInt(depth > 0 ? 24 : 22)) {
                case 0 -> steps.add(new Operation.Measure(a, random.nextInt(bits)));
                case 1 -> steps.add(new Operation.Reset(a));
                case 2 -> steps.add(new Operation.Barrier(new int[]{a, b}));
                case 22 -> steps.add(new Operation.Conditional(condition(random, bits),
                        steps(random, qubits, bits, 1, 0), List.of()));
                case 23 -> steps.add(new Operation.Conditional(condition(random, bits),
                        steps(random, qubits, bits, 1 + random.nextInt(5), depth - 1),
                        steps(random, qubits, bits, random.nextInt(4), depth - 1)));
                default -> {
                    String name = names.get(random.nextInt(names.size()));
                    StandardGates.Shape shape = StandardGates.KEPT.get(name);
                    double[] angles = random.doubles(shape.angles(), -7, 7).toArray();
                    steps.add(new Operation.Gate(name, angles, shape.qubits() == 1 ? new int[]{a} : new int[]{a, b}));
                }
            }
        }
        return steps;
    }

    private static Condition condition(SplittableRandom random, int bits) {
        boolean whole = random.nextBoolean();
        int[] tested = whole ? java.util.stream.IntStream.range(0, bits).toArray() : new int[]{random.nextInt(bits)};
        boolean[] expected = new boolean[tested.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = random.nextBoolean();
        }
        return new Condition(tested, expected, whole && bits > 1 && random.nextBoolean());
    }

    static Device connected(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Shapes.line(9 + random.nextInt(4));
            case 1 -> Shapes.ring(9 + random.nextInt(4));
            case 2 -> Shapes.grid(3, 3 + random.nextInt(3));
            case 3 -> Shapes.heavyHex(3);
            case 4 -> Shapes.sycamore(3, 4);
            default -> Shapes.full(9);
        };
    }

    static Device directed(Device device) {
        return new Device(device.name() + "-directed", device.qubits(), device.edges(), true, Map.of(), List.of(),
                List.of(), 1);
    }
}
