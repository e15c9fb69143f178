package dev.assay.machine;

import java.util.BitSet;

/**
 * One cache.
 *
 * @param level 1 is the closest to the core
 * @param lineBytes the coherency line
 * @param ways of associativity
 * @param sharedBy the processors behind it that are online
 */
public record Cache(int level, Type type, long sizeBytes, int lineBytes, Reading<Integer> ways, BitSet sharedBy) {
    public enum Type {
        DATA, INSTRUCTION, UNIFIED
    }

    public Cache {
        if (level < 1 || sizeBytes < 1 || lineBytes < 1 || Integer.bitCount(lineBytes) != 1) {
            throw new IllegalArgumentException("a cache has a level from 1, a size and a line that is a power of two,"
                    + " not level " + level + ", " + sizeBytes + " bytes, line " + lineBytes);
        }
        sharedBy = (BitSet) sharedBy.clone();
    }

    @Override
    public BitSet sharedBy() {
        return (BitSet) sharedBy.clone();
    }

    /** Whether loads and stores go through it. */
    public boolean holdsData() {
        return type != Type.INSTRUCTION;
    }

    /** {@code L1d}, {@code L1i}, {@code L2}, … */
    public String title() {
        return "L" + level + switch (type) {
            case DATA -> "d";
            case INSTRUCTION -> "i";
            case UNIFIED -> "";
        };
    }
}
