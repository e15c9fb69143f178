package dev.assay.litmus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What memory and registers hold at the start. Variables that the test uses and does not mention hold 0.
 *
 * @param variables the memory, by name
 * @param registers the registers that are set or typed, by thread and canonical name; others hold 0
 */
public record InitialState(Map<String, Variable> variables, Map<ThreadRegister, Variable> registers) {
    public InitialState {
        variables = java.util.Collections.unmodifiableMap(new TreeMap<>(variables));
        registers = Map.copyOf(registers);
    }

    /**
     * A variable in memory.
     *
     * @param elementBytes the size of one element
     * @param signed whether it is shown as a signed number
     * @param typed whether the test states its type; else the accesses decide
     * @param array whether it was declared with a length
     * @param elements the initial values, one for a plain variable
     */
    public record Variable(int elementBytes, boolean signed, boolean typed, boolean array, List<Value> elements) {
        /** A 32-bit variable that holds 0 and that the test did not declare. */
        static final Variable ZERO = new Variable(4, true, false, false, List.of(new Value.Number(0)));

        public Variable {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A register of a thread.
     *
     * @param thread the thread's number
     * @param register the canonical name: {@code rax}, {@code X1}, {@code x5}, or a Java local's name
     */
    public record ThreadRegister(int thread, String register) implements Comparable<ThreadRegister> {
        @Override
        public int compareTo(ThreadRegister other) {
            int byThread = Integer.compare(thread, other.thread);
            return byThread != 0 ? byThread : RegisterOrder.compare(register, other.register);
        }
    }
}
