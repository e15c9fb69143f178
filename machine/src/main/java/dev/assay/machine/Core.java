package dev.assay.machine;

import java.util.BitSet;

/**
 * One physical core.
 *
 * @param id its position among all cores, from 0; the kernel's core_id is unique within a package only
 * @param packageId the socket, from 0
 * @param kind its class in a mixed machine
 * @param processors the logical processors (hardware threads) on it that are online
 */
public record Core(int id, int packageId, CoreClass kind, BitSet processors) {
    public Core {
        if (processors.isEmpty()) {
            throw new IllegalArgumentException("a core has at least one processor; core " + id + " has none");
        }
        processors = (BitSet) processors.clone();
    }

    @Override
    public BitSet processors() {
        return (BitSet) processors.clone();
    }

    /** The first of its processors: the one to use when each core is used once. */
    public int firstProcessor() {
        return processors.nextSetBit(0);
    }
}
