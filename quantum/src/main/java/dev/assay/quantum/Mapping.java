package dev.assay.quantum;

import java.util.List;

/**
 * A circuit on a device, verified.
 *
 * @param circuit on the device's qubits; inserted swaps are gates named swap
 * @param initialLayout the physical qubit that holds each logical one at the beginning
 * @param finalLayout the same at the end
 * @param swaps inserted
 * @param depth of the mapped circuit, a swap counting 1
 * @param durationNanos from the first gate to the end, as soon as possible
 * @param success the chance that no gate and no measurement fails, or 1 when the device gives no errors
 * @param millis spent
 * @param provenMinimal whether fewer swaps are impossible (none were needed)
 * @param verification how it was checked
 * @param doubts what to know about the result
 */
public record Mapping(Circuit circuit, int[] initialLayout, int[] finalLayout, int swaps, int depth,
        double durationNanos, double success, long millis, boolean provenMinimal, Verification verification,
        List<String> doubts) {}
