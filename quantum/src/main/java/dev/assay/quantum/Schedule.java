package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When each step of a mapped circuit begins.
 *
 * @param startNanos by step of the circuit, multiples of the device's alignment
 * @param endNanos by step
 * @param makespanNanos when the last step ends
 * @param idle gaps between the steps of a qubit, in which dynamical decoupling may be done
 */
public record Schedule(Circuit circuit, double[] startNanos, double[] endNanos, double makespanNanos,
        List<Idle> idle) {

    /** A time in which a qubit that has begun and is not finished does nothing. */
    public record Idle(int qubit, double fromNanos, double toNanos) {
        public double nanos() {
            return toNanos - fromNanos;
        }
    }

    /**
     * Every step as soon as its qubits and bits are free.
     *
     * @throws MappingException when the circuit has more qubits than the device, or a gate that is on no coupling
     */
    public static Schedule asap(Circuit circuit, Device device) {
        device.refuseUnmapped(circuit);
        return lay(circuit, device, false);
    }

    /**
     * Every step as late as the end allows, which keeps qubits in their ground state longest.
     *
     * @throws MappingException when the circuit has more qubits than the device, or a gate that is on no coupling
     */
    public static Schedule alap(Circuit circuit, Device device) {
        device.refuseUnmapped(circuit);
        return lay(circuit, device, true);
    }

    /** Of a circuit that is known to be mapped. */
    static Schedule lay(Circuit circuit, Device device, boolean late) {
        List<Operation> steps = circuit.operations();
        int align = device.alignmentNanos();
        double[] start = new double[steps.size()];
        double[] end = new double[steps.size()];
        double[] wires = new double[circuit.qubits() + circuit.bits()];
        double makespan = 0;
        for (int k = 0; k < steps.size(); k++) {
            int i = late ? steps.size() - 1 - k : k;
            int[] on = wires(steps.get(i), circuit.qubits());
            double from = 0;
            for (int wire : on) {
                from = Math.max(from, wires[wire]);
            }
            // Whole multiples of the alignment are occupied, so that starts are aligned from either end.
            double length = Math.ceil(device.nanos(steps.get(i)) / align) * align;
            start[i] = from;
            end[i] = from + length;
            for (int wire : on) {
                wires[wire] = end[i];
            }
            makespan = Math.max(makespan, end[i]);
        }
        if (late) {
            for (int i = 0; i < start.length; i++) {
                double from = makespan - end[i];
                end[i] = makespan - start[i];
                start[i] = from;
            }
        }
        return new Schedule(circuit, start, end, makespan, idle(circuit, start, end));
    }

    private static int[] wires(Operation step, int qubits) {
        int[] bits = step.bits();
        int[] on = step.qubits();
        if (bits.length == 0) {
            return on;
        }
        int[] all = Arrays.copyOf(on, on.length + bits.length);
        for (int i = 0; i < bits.length; i++) {
            all[on.length + i] = qubits + bits[i];
        }
        return all;
    }

    private static List<Idle> idle(Circuit circuit, double[] start, double[] end) {
        double[] busyUntil = new double[circuit.qubits()];
        Arrays.fill(busyUntil, -1);
        List<Idle> idle = new ArrayList<>();
        for (int i = 0; i < start.length; i++) {
            if (circuit.operations().get(i) instanceof Operation.Barrier) {
                continue;
            }
            for (int q : circuit.operations().get(i).qubits()) {
                if (busyUntil[q] >= 0 && start[i] > busyUntil[q]) {
                    idle.add(new Idle(q, busyUntil[q], start[i]));
                }
                busyUntil[q] = Math.max(busyUntil[q], end[i]);
            }
        }
        return List.copyOf(idle);
    }

    /** The circuit with delays in all idle times, so that the order of steps alone tells when each begins. */
    public Circuit withDelays() {
        List<Operation> steps = new ArrayList<>();
        double[] now = new double[circuit.qubits()];
        for (int i = 0; i < startNanos.length; i++) {
            Operation step = circuit.operations().get(i);
            for (int q : step.qubits()) {
                if (startNanos[i] > now[q]) {
                    steps.add(new Operation.Delay(q, startNanos[i] - now[q], "ns"));
                }
                now[q] = endNanos[i];
            }
            steps.add(step);
        }
        return new Circuit(circuit.qubitRegisters(), circuit.bitRegisters(), circuit.opaque(), steps);
    }
}
