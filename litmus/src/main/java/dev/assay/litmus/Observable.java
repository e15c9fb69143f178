package dev.assay.litmus;

/** A thing whose final value can be asked for. */
public sealed interface Observable {
    /** A register of a thread, by its canonical name. */
    record Register(int thread, String name) implements Observable {
        @Override
        public String toString() {
            return thread + ":" + name;
        }
    }

    /**
     * A variable, or one element of an array.
     *
     * @param index the element, 0 for a plain variable
     * @param indexed whether the test wrote an index
     */
    record Memory(String symbol, int index, boolean indexed) implements Observable {
        @Override
        public String toString() {
            return indexed ? symbol + "[" + index + "]" : "[" + symbol + "]";
        }
    }
}
