package dev.assay.litmus;

/**
 * A value in a thread, with the events of the thread that it comes from, as bits.
 *
 * @param value the value
 * @param sources events whose values were computed with
 * @param picks {@code sources}, and events that only decided which value was taken
 */
record Flow(long value, long sources, long picks) {
    static final Flow ZERO = constant(0);

    static Flow constant(long value) {
        return new Flow(value, 0, 0);
    }

    /** Another value that was computed from this one. */
    Flow with(long computed) {
        return new Flow(computed, sources, picks);
    }

    /** A value that was computed from this one and another. */
    Flow with(Flow other, long computed) {
        return new Flow(computed, sources | other.sources, picks | other.picks);
    }

    /** This value, which was taken because of another. */
    Flow pickedBy(Flow other) {
        return new Flow(value, sources, picks | other.picks);
    }

    /** This value in another width: the low {@code bytes} bytes, extended by zeros. */
    Flow truncated(int bytes) {
        return bytes >= 8 ? this : with(value & (1L << 8 * bytes) - 1);
    }

    /** The low {@code bytes} bytes, extended by their sign. */
    Flow signExtended(int bytes) {
        int shift = 64 - 8 * bytes;
        return with(value << shift >> shift);
    }
}
