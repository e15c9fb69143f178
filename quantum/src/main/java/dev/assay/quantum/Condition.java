package dev.assay.quantum;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A test on classical bits: every bit has the expected value, or, when negated, not every one has.
 *
 * @param bits the bits, least significant first
 * @param expected the value that each must have
 * @param negated whether the test asks for the opposite
 */
public record Condition(int[] bits, boolean[] expected, boolean negated) {
    public Condition {
        if (bits.length != expected.length || bits.length == 0) {
            throw new IllegalArgumentException("a condition needs one expected value per bit, and a bit; it has "
                    + expected.length + " for " + bits.length);
        }
        bits = bits.clone();
        expected = expected.clone();
    }

    /** The expected values as one number, first bit least significant. */
    public BigInteger value() {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < expected.length; i++) {
            value = expected[i] ? value.setBit(i) : value;
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition c && Arrays.equals(bits, c.bits) && Arrays.equals(expected, c.expected)
                && negated == c.negated;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits) * 31 + Arrays.hashCode(expected);
    }

    @Override
    public String toString() {
        return "bits " + Arrays.toString(bits) + (negated ? " != " : " == ") + value();
    }
}
