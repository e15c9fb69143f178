package dev.assay.quantum;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Random OpenQASM texts and, statement by statement, the steps that they must be read as. Registers {@code a} and
 * {@code b} never meet, so that every circuit fits on a device of two parts.
 */
final class RandomPrograms {
    private static final List<String> ONE = List.of("x", "h", "s", "tdg", "sx", "z");
    private static final List<String> TWO = List.of("cx", "cz", "swap", "ch", "cy");

    private final SplittableRandom random;
    private final boolean three;
    private final int[] sizes;
    private final StringBuilder text = new StringBuilder();
    private List<Operation> steps = new ArrayList<>();

    record Program(String text, Circuit circuit) {}

    private RandomPrograms(long seed, boolean three) {
        this.random = new SplittableRandom(seed);
        this.three = three;
        this.sizes = new int[]{2 + random.nextInt(5), 2 + random.nextInt(5)};
    }

    static Program program(long seed, boolean three) {
        return new RandomPrograms(seed, three).program();
    }

    private Program program() {
        text.append(three ? "OPENQASM 3;\ninclude \"stdgates.inc\";\n" : "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n");
        for (int r = 0; r < 2; r++) {
            text.append(three ? "qubit[" + sizes[r] + "] " + name(r) : "qreg " + name(r) + "[" + sizes[r] + "]")
                    .append(";\n");
        }
        text.append(three ? "bit[3] c;\nbit d;\n" : "creg c[3];\ncreg d[1];\n");
        text.append("gate turn(t,f) x,y { rz(t/2) x; cx x,y; barrier x,y; p(f-t) y; cx x,y; }\n");
        text.append("gate twice(t) y,x { turn(t,1) x,y; ").append(three ? "inv @ turn(2,t) y,x; }\n" : "h x; }\n");
        for (int i = random.nextInt(40); i >= 0; i--) {
            statement(three ? 3 : 1, 0);
        }
        List<Register> qubits = List.of(new Register("a", 0, sizes[0]), new Register("b", sizes[0], sizes[1]));
        List<Register> bits = List.of(new Register("c", 0, 3), new Register("d", 3, 1));
        return new Program(text.toString(), new Circuit(qubits, bits, List.of(), steps));
    }

    private static String name(int register) {
        return register == 0 ? "a" : "b";
    }

    private void statement(int depth, int indent) {
        text.repeat("  ", indent);
        switch (random.nextInt(three ? 12 : 8)) {
            case 0 -> one();
            case 1 -> broadcast();
            case 2 -> measure();
            case 3 -> custom();
            case 4 -> resetOrBarrier();
            case 5 -> {
                if (depth > 0) {
                    condition(depth, indent);
                } else {
                    two();
                }
            }
            case 8 -> modified();
            case 9 -> {
                if (depth > 1) {
                    loop(indent);
                } else {
                    delay();
                }
            }
            default -> two();
        }
    }

    private int[] pair() {
        int r = random.nextInt(2);
        int first = random.nextInt(sizes[r]);
        int second = (first + 1 + random.nextInt(sizes[r] - 1)) % sizes[r];
        return new int[]{r, first, second};
    }

    private int global(int register, int index) {
        return register == 0 ? index : sizes[0] + index;
    }

    private void one() {
        int[] p = pair();
        double angle = random.nextDouble(-4, 4);
        text.append(String.format(Locale.ROOT, "rz(%s) %s[%d];%n", angle, name(p[0]), p[1]));
        steps.add(new Operation.Gate("rz", new double[]{angle}, new int[]{global(p[0], p[1])}));
    }

    private void two() {
        int[] p = pair();
        String gate = TWO.get(random.nextInt(TWO.size()));
        text.append(String.format("%s %s[%d],%s[%d];%n", gate, name(p[0]), p[1], name(p[0]), p[2]));
        steps.add(Operation.Gate.of(gate, global(p[0], p[1]), global(p[0], p[2])));
    }

    private void broadcast() {
        int r = random.nextInt(2);
        String gate = ONE.get(random.nextInt(ONE.size()));
        text.append(gate).append(' ').append(name(r)).append(";\n");
        for (int i = 0; i < sizes[r]; i++) {
            steps.add(Operation.Gate.of(gate, global(r, i)));
        }
    }

    private void measure() {
        int[] p = pair();
        int bit = random.nextInt(4);
        String from = name(p[0]) + "[" + p[1] + "]";
        String into = bit == 3 ? "d[0]" : "c[" + bit + "]";
        text.append(three && random.nextBoolean() ? into + " = measure " + from : "measure " + from + " -> " + into)
                .append(";\n");
        steps.add(new Operation.Measure(global(p[0], p[1]), bit));
    }

    private void turn(double t, double f, int x, int y) {
        steps.add(new Operation.Gate("rz", new double[]{t / 2}, new int[]{x}));
        steps.add(Operation.Gate.of("cx", x, y));
        steps.add(new Operation.Gate("p", new double[]{f - t}, new int[]{y}));
        steps.add(Operation.Gate.of("cx", x, y));
    }

    private void custom() {
        int[] p = pair();
        double angle = random.nextDouble(-4, 4);
        text.append(String.format("twice(%s) %s[%d],%s[%d];%n", angle, name(p[0]), p[1], name(p[0]), p[2]));
        int y = global(p[0], p[1]);
        int x = global(p[0], p[2]);
        turn(angle, 1, x, y);
        if (three) {
            steps.add(Operation.Gate.of("cx", y, x));
            steps.add(new Operation.Gate("p", new double[]{-(angle - 2)}, new int[]{x}));
            steps.add(Operation.Gate.of("cx", y, x));
            steps.add(new Operation.Gate("rz", new double[]{-1}, new int[]{y}));
        } else {
            steps.add(Operation.Gate.of("h", x));
        }
    }

    private void resetOrBarrier() {
        int[] p = pair();
        int on = global(p[0], p[1]);
        boolean reset = random.nextBoolean();
        text.append(reset ? "reset " : "barrier ").append(name(p[0])).append('[').append(p[1]).append("];\n");
        steps.add(reset ? new Operation.Reset(on) : new Operation.Barrier(new int[]{on}));
    }

    private void delay() {
        int[] p = pair();
        text.append("delay[40ns] ").append(name(p[0])).append('[').append(p[1]).append("];\n");
        steps.add(new Operation.Delay(global(p[0], p[1]), 40, "ns"));
    }

    private void modified() {
        int[] p = pair();
        int x = global(p[0], p[1]);
        int y = global(p[0], p[2]);
        String on = String.format(" %s[%d]", name(p[0]), p[1]);
        String both = String.format("%s,%s[%d];%n", on, name(p[0]), p[2]);
        switch (random.nextInt(5)) {
            case 0 -> {
                text.append("ctrl @ x").append(both);
                steps.add(Operation.Gate.of("cx", x, y));
            }
            case 1 -> {
                text.append("negctrl @ inv @ s").append(both);
                steps.add(Operation.Gate.of("x", x));
                steps.add(new Operation.Gate("cp", new double[]{-Math.PI / 2}, new int[]{x, y}));
                steps.add(Operation.Gate.of("x", x));
            }
            case 2 -> {
                text.append("pow(3) @ cx").append(both);
                steps.addAll(java.util.Collections.nCopies(3, Operation.Gate.of("cx", x, y)));
            }
            case 3 -> {
                text.append("inv @ pow(2) @ t").append(on).append(";\n");
                steps.addAll(java.util.Collections.nCopies(2, Operation.Gate.of("tdg", x)));
            }
            default -> {
                text.append("pow(-1) @ rx(0.5)").append(on).append(";\n");
                steps.add(new Operation.Gate("rx", new double[]{-0.5}, new int[]{x}));
            }
        }
    }

    private void condition(int depth, int indent) {
        int value = random.nextInt(8);
        if (!three) {
            text.append("if(c==").append(value).append(") ");
            List<Operation> outer = steps;
            steps = new ArrayList<>();
            two();
            outer.add(new Operation.Conditional(whole(value, false), steps, List.of()));
            steps = outer;
            return;
        }
        boolean negated = random.nextBoolean();
        boolean single = random.nextBoolean();
        text.append("if (")
                .append(single ? (negated ? "!d" : "d[0] == 1") : "c " + (negated ? "!=" : "==") + " " + value)
                .append(") {\n");
        Condition condition = single
                ? new Condition(new int[]{3}, new boolean[]{!negated}, false)
                : whole(value, negated);
        List<Operation> then = body(depth, indent);
        List<Operation> otherwise = List.of();
        if (random.nextBoolean()) {
            text.repeat("  ", indent).append("} else {\n");
            otherwise = body(depth, indent);
        }
        text.repeat("  ", indent).append("}\n");
        steps.add(new Operation.Conditional(condition, then, otherwise));
    }

    private static Condition whole(int value, boolean negated) {
        return new Condition(new int[]{0, 1, 2},
                new boolean[]{(value & 1) != 0, (value & 2) != 0, (value & 4) != 0}, negated);
    }

    private List<Operation> body(int depth, int indent) {
        List<Operation> outer = steps;
        steps = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            statement(depth - 1, indent + 1);
        }
        List<Operation> body = steps;
        steps = outer;
        return body;
    }

    /** The body is written once and its steps are given for each value. */
    private void loop(int indent) {
        int r = random.nextInt(2);
        int last = sizes[r] - 2;
        boolean down = random.nextBoolean();
        String turn = three && random.nextBoolean()
                ? "if (i == 0) { h " + name(r) + "[i]; } else { t " + name(r) + "[i+1]; }"
                : "";
        text.append("for int i in ").append(down ? "[" + last + ":-1:0]" : "[0:" + last + "]").append(" {\n");
        text.repeat("  ", indent + 1).append(String.format("cx %s[i],%s[i+1]; rz(i*0.5) %s[-1]; %s%n", name(r), name(r),
                name(r), turn));
        text.repeat("  ", indent).append("}\n");
        for (int k = 0; k <= last; k++) {
            int i = down ? last - k : k;
            steps.add(Operation.Gate.of("cx", global(r, i), global(r, i + 1)));
            steps.add(new Operation.Gate("rz", new double[]{i * 0.5}, new int[]{global(r, sizes[r] - 1)}));
            if (!turn.isEmpty()) {
                steps.add(i == 0 ? Operation.Gate.of("h", global(r, 0)) : Operation.Gate.of("t", global(r, i + 1)));
            }
        }
    }
}
