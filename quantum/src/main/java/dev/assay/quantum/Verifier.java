package dev.assay.quantum;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a mapped circuit against its original, sharing nothing with the router: follows the qubits through the swaps
 * and strikes off the original's steps one by one.
 *
 * <p>
 * Held to be wrong: a two-qubit gate off the couplings or against their direction; a step that is not the next one of
 * the original on all its qubits and bits; a step on a qubit that holds nothing; steps missing at the end; branches that
 * leave qubits in different places. A swap that is not the original's next step on its qubits moves the qubits. For
 * small circuits of gates alone, {@link Simulation} compares states as well.
 */
public final class Verifier {
    /** Amplitude updates that checking while mapping may take, about a second. */
    static final long QUICK = 400_000_000L;

    private final Device device;
    private final Set<Device.Edge> couplings = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private int swaps;

    private Verifier(Device device) {
        this.device = device;
        for (Device.Edge edge : device.edges()) {
            couplings.add(edge);
            if (!device.directed()) {
                couplings.add(new Device.Edge(edge.to(), edge.from()));
            }
        }
    }

    /**
     * @param layout the physical qubit that holds each logical one at the beginning
     */
    public static Verification verify(Circuit original, Circuit mapped, Device device, int[] layout) {
        return verify(original, mapped, device, layout, Long.MAX_VALUE);
    }

    /** @param mostUpdates simulate only when it takes at most so many amplitude updates */
    static Verification verify(Circuit original, Circuit mapped, Device device, int[] layout, long mostUpdates) {
        Verifier verifier = new Verifier(device);
        String wrong = wrongLayout(original, mapped, device, layout);
        if (wrong != null) {
            return new Verification(List.of(wrong), false, layout.clone(), 0);
        }
        List<Operation> wanted = Turned.back(Lowering.lower(original.operations(), device), device);
        List<Operation> given = Turned.back(mapped.operations(), device);
        verifier.couplings(mapped.operations());
        Ledger ledger = verifier.follow(wanted, given, layout, original.qubits(),
                Math.max(original.bits(), mapped.bits()));
        if (original.bits() != mapped.bits()) {
            verifier.say("the mapped circuit has " + mapped.bits() + " bits and the original " + original.bits());
        }
        boolean simulated = false;
        if (verifier.violations.isEmpty() && Simulation.possible(original, mostUpdates)) {
            simulated = true;
            Simulation.compare(original, mapped, layout, ledger.layout()).ifPresent(verifier::say);
        }
        return new Verification(verifier.violations, simulated, ledger.layout(), verifier.swaps);
    }

    private static String wrongLayout(Circuit original, Circuit mapped, Device device, int[] layout) {
        if (mapped.qubits() > device.qubits()) {
            return "the mapped circuit has " + mapped.qubits() + " qubits and the device " + device.qubits();
        }
        if (layout.length != original.qubits()) {
            return "the layout places " + layout.length + " qubits and the circuit has " + original.qubits();
        }
        Set<Integer> places = new HashSet<>();
        for (int place : layout) {
            if (place < 0 || place >= device.qubits() || !places.add(place)) {
                return "the layout names the place " + place + (place < 0 || place >= device.qubits()
                        ? ", which the device does not have"
                        : " twice");
            }
        }
        return null;
    }

    private void say(String violation) {
        if (violations.size() < Verification.MOST) {
            violations.add(violation);
        }
    }

    private void couplings(List<Operation> operations) {
        for (Operation operation : Circuit.flat(operations)) {
            if (operation instanceof Operation.Gate gate && gate.qubits().length > 1) {
                int a = gate.qubits()[0];
                int b = gate.qubits()[1];
                boolean coupled = couplings.contains(new Device.Edge(a, b))
                        || StandardGates.SYMMETRIC.contains(gate.name()) && couplings.contains(new Device.Edge(b, a));
                if (gate.qubits().length > 2 || !coupled) {
                    say(gate + " is not on a coupling of " + device.name());
                }
            }
        }
    }

    /** The steps of the original that are still to come, by qubit and by bit; and where the qubits are. */
    private static final class Ledger {
        private final List<Operation> steps;
        private final List<ArrayDeque<Integer>> byQubit = new ArrayList<>();
        private final List<ArrayDeque<Integer>> byBit = new ArrayList<>();
        private final int[] holder;
        private int open;

        Ledger(List<Operation> steps, int qubits, int bits, int[] layout, int places) {
            this.steps = steps;
            this.open = steps.size();
            for (int q = 0; q < qubits; q++) {
                byQubit.add(new ArrayDeque<>());
            }
            for (int b = 0; b < bits; b++) {
                byBit.add(new ArrayDeque<>());
            }
            for (int i = 0; i < steps.size(); i++) {
                for (int q : steps.get(i).qubits()) {
                    byQubit.get(q).add(i);
                }
                for (int b : steps.get(i).bits()) {
                    byBit.get(b).add(i);
                }
            }
            holder = new int[places];
            Arrays.fill(holder, -1);
            for (int q = 0; q < layout.length; q++) {
                holder[layout[q]] = q;
            }
        }

        /** The step that is next on all these qubits, or -1. */
        int next(int[] qubits) {
            int next = -1;
            for (int q : qubits) {
                Integer first = byQubit.get(q).peek();
                if (first == null || next >= 0 && next != first) {
                    return -1;
                }
                next = first;
            }
            return next >= 0 && ready(next) ? next : -1;
        }

        private boolean ready(int step) {
            for (int q : steps.get(step).qubits()) {
                if (byQubit.get(q).isEmpty() || byQubit.get(q).peek() != step) {
                    return false;
                }
            }
            for (int b : steps.get(step).bits()) {
                if (byBit.get(b).peek() != step) {
                    return false;
                }
            }
            return true;
        }

        void strike(int step) {
            for (int q : steps.get(step).qubits()) {
                byQubit.get(q).poll();
            }
            for (int b : steps.get(step).bits()) {
                byBit.get(b).poll();
            }
            open--;
        }

        /** The logical qubits at these places; -1 where there is none. */
        int[] held(int[] places) {
            return Arrays.stream(places).map(p -> holder[p]).toArray();
        }

        int[] layout() {
            int[] layout = new int[byQubit.size()];
            for (int p = 0; p < holder.length; p++) {
                if (holder[p] >= 0) {
                    layout[holder[p]] = p;
                }
            }
            return layout;
        }
    }

    private Ledger follow(List<Operation> wanted, List<Operation> given, int[] layout, int qubits, int bits) {
        Ledger ledger = new Ledger(wanted, qubits, bits, layout, device.qubits());
        for (int i = 0; i < given.size() && violations.size() < Verification.MOST; i++) {
            Operation step = given.get(i);
            if (step instanceof Operation.Conditional branch && !branch.simple()) {
                branch(ledger, branch, qubits, bits);
                continue;
            }
            int[] held = ledger.held(step.qubits());
            int expected = Arrays.stream(held).anyMatch(q -> q < 0) ? -1 : ledger.next(held);
            if (expected >= 0 && same(wanted.get(expected), step.on(ledger.holder))) {
                ledger.strike(expected);
            } else if (step instanceof Operation.Gate gate && gate.name().equals("swap")) {
                int p = gate.qubits()[0];
                int r = gate.qubits()[1];
                int moved = ledger.holder[p];
                ledger.holder[p] = ledger.holder[r];
                ledger.holder[r] = moved;
                swaps++;
            } else {
                say("step " + (i + 1) + ", " + step + ", acts on " + names(held) + (expected < 0
                        ? ", for which no step of the original is next"
                        : ", where the original has " + wanted.get(expected)));
                return ledger;
            }
        }
        if (ledger.open > 0) {
            say(ledger.open + " step(s) of the original are missing");
        }
        return ledger;
    }

    private static String names(int[] held) {
        StringBuilder names = new StringBuilder();
        for (int q : held) {
            names.append(names.isEmpty() ? "" : " and ").append(q < 0 ? "an unused qubit" : "logical qubit " + q);
        }
        return names.toString();
    }

    /** A branch with a body: which step of the original it stands for is found by trying those that may be next. */
    private void branch(Ledger ledger, Operation.Conditional branch, int qubits, int bits) {
        for (int i = 0; i < ledger.steps.size(); i++) {
            if (!(ledger.steps.get(i) instanceof Operation.Conditional wanted) || !ledger.ready(i)
                    || !wanted.condition().equals(branch.condition())) {
                continue;
            }
            int[] layout = ledger.layout();
            Verifier then = new Verifier(device);
            Verifier otherwise = new Verifier(device);
            int[] afterThen = then.follow(wanted.then(), branch.then(), layout, qubits, bits).layout();
            int[] afterElse = otherwise.follow(wanted.otherwise(), branch.otherwise(), layout, qubits, bits).layout();
            if (then.violations.isEmpty() && otherwise.violations.isEmpty()) {
                if (!Arrays.equals(afterThen, afterElse)) {
                    say("the branches on " + branch.condition() + " leave the qubits in different places");
                }
                swaps += then.swaps + otherwise.swaps;
                Arrays.fill(ledger.holder, -1);
                for (int q = 0; q < afterThen.length; q++) {
                    ledger.holder[afterThen[q]] = q;
                }
                ledger.strike(i);
                return;
            }
        }
        say("the branch on " + branch.condition() + " is not one that the original has next");
    }

    private static boolean same(Operation wanted, Operation given) {
        if (wanted instanceof Operation.Gate a && given instanceof Operation.Gate b) {
            int[] turned = b.qubits().length == 2 ? new int[]{b.qubits()[1], b.qubits()[0]} : b.qubits();
            return a.name().equals(b.name()) && Arrays.equals(a.angles(), b.angles())
                    && (Arrays.equals(a.qubits(), b.qubits())
                            || StandardGates.SYMMETRIC.contains(a.name()) && Arrays.equals(a.qubits(), turned));
        }
        if (wanted instanceof Operation.Conditional a && given instanceof Operation.Conditional b && a.simple()
                && b.simple()) {
            return a.condition().equals(b.condition()) && same(a.then().getFirst(), b.then().getFirst());
        }
        if (wanted instanceof Operation.Barrier a && given instanceof Operation.Barrier b) {
            return Arrays.equals(Arrays.stream(a.qubits()).sorted().toArray(),
                    Arrays.stream(b.qubits()).sorted().toArray());
        }
        return wanted.equals(given);
    }
}
