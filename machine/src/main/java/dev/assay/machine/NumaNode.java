package dev.assay.machine;

import java.util.BitSet;
import java.util.List;

/**
 * One NUMA node: processors and memory that are close to each other.
 *
 * @param id the kernel's number
 * @param processors may be empty (memory-only nodes: CXL, HBM)
 * @param distances to each node in order of id, 10 meaning local (ACPI SLIT)
 */
public record NumaNode(int id, BitSet processors, Reading<Long> totalBytes, Reading<Long> freeBytes,
        List<Integer> distances) {
    public NumaNode {
        processors = (BitSet) processors.clone();
        distances = List.copyOf(distances);
    }

    @Override
    public BitSet processors() {
        return (BitSet) processors.clone();
    }
}
