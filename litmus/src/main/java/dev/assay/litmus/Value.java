package dev.assay.litmus;

/** What a register or a memory cell holds. */
public sealed interface Value {
    /** A number; narrower cells hold its low bits. */
    record Number(long value) implements Value {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** The address of a variable, plus an offset in bytes. */
    record Address(String symbol, long offset) implements Value {
        @Override
        public String toString() {
            return offset == 0 ? symbol : symbol + "+" + offset;
        }
    }
}
