package dev.assay.quantum;

/** A named run of qubits or bits: {@code size} of them from {@code offset} in the circuit's own numbering. */
public record Register(String name, int offset, int size) {}
