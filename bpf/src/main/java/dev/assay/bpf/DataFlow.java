package dev.assay.bpf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which instructions of a function can be reached, given the constants in it, and how wide the memory is read at
 * addresses that a relocation computed.
 *
 * <p>
 * Constants are followed through registers and joined where paths meet, each instruction visited at most once per
 * register (Kildall 1973). The kernel's verifier follows each path on its own and the stack too, so it reaches no more
 * than this does: what is unreachable here is dead code there. A poisoned instruction is passed as if it were none, so
 * that one failure does not hide the next.
 */
final class DataFlow {
    private static final int REGISTERS = 11;
    /** bpf_probe_read, bpf_probe_read_user and bpf_probe_read_kernel: (destination, bytes, source). */
    private static final Set<Integer> READS = Set.of(4, 112, 113);
    private static final int NONE = -1;

    private final List<Instruction> code;
    private final BitSet opaque;
    private final BitSet relocated;
    private final State[] states;
    private final Deque<Integer> work = new ArrayDeque<>();
    private final Map<Integer, Integer> widths = new HashMap<>();

    /** What is known of the registers before an instruction; {@code from} is the relocation that made an address. */
    private static final class State {
        final boolean[] known = new boolean[REGISTERS];
        final long[] value = new long[REGISTERS];
        final int[] from = new int[REGISTERS];

        State() {
            Arrays.fill(from, NONE);
        }

        State copy() {
            State copy = new State();
            System.arraycopy(known, 0, copy.known, 0, REGISTERS);
            System.arraycopy(value, 0, copy.value, 0, REGISTERS);
            System.arraycopy(from, 0, copy.from, 0, REGISTERS);
            return copy;
        }

        void forget(int register) {
            known[register] = false;
            from[register] = NONE;
        }

        void set(int register, long constant) {
            known[register] = true;
            value[register] = constant;
        }

        /** Keeps what both know; true where that is less than before. */
        boolean join(State other) {
            boolean changed = false;
            for (int r = 0; r < REGISTERS; r++) {
                if (known[r] && !(other.known[r] && other.value[r] == value[r])) {
                    known[r] = false;
                    changed = true;
                }
                if (from[r] != NONE && from[r] != other.from[r]) {
                    from[r] = NONE;
                    changed = true;
                }
            }
            return changed;
        }
    }

    /**
     * @param opaque instructions whose immediate is not what it seems (maps, data, functions)
     * @param relocated instructions that carry a field's offset
     */
    DataFlow(List<Instruction> code, BitSet opaque, BitSet relocated) {
        this.code = code;
        this.opaque = opaque;
        this.relocated = relocated;
        states = new State[code.size()];
        if (!code.isEmpty()) {
            states[0] = new State();
            work.add(0);
        }
        while (!work.isEmpty()) {
            int at = work.poll();
            step(at, states[at].copy());
        }
    }

    boolean reachable(int index) {
        return index >= 0 && index < states.length && states[index] != null;
    }

    /** Bytes read at the address that the relocation at {@code index} computed, where that is known; else 0. */
    int bytesRead(int index) {
        return widths.getOrDefault(index, 0);
    }

    private void flow(int to, State state) {
        if (to < 0 || to >= code.size()) {
            return;
        }
        if (states[to] == null) {
            states[to] = state.copy();
            work.add(to);
        } else if (states[to].join(state)) {
            work.add(to);
        }
    }

    private void step(int at, State state) {
        Instruction one = code.get(at);
        int to = Math.min(one.destination(), REGISTERS - 1);
        switch (one.family()) {
            case Instruction.ALU, Instruction.ALU64 -> {
                arithmetic(at, one, to, state);
                flow(at + 1, state);
            }
            case Instruction.LD -> {
                state.forget(one.wide() ? to : 0);
                if (one.wide() && one.source() == 0 && !opaque.get(at) && at + 1 < code.size()) {
                    state.set(to, one.immediate() & 0xffffffffL | (long) code.get(at + 1).immediate() << 32);
                }
                flow(at + (one.wide() ? 2 : 1), state);
            }
            case Instruction.LDX -> {
                int address = state.from[Math.min(one.source(), REGISTERS - 1)];
                if (address != NONE && one.offset() == 0) {
                    widths.merge(address, one.accessBytes(), Math::max);
                }
                state.forget(to);
                flow(at + 1, state);
            }
            case Instruction.JMP, Instruction.JMP32 -> jump(at, one, state);
            default -> flow(at + 1, state);
        }
    }

    private void arithmetic(int at, Instruction one, int to, State state) {
        boolean register = (one.opcode() & 8) != 0;
        int operation = one.opcode() >> 4;
        int source = Math.min(one.source(), REGISTERS - 1);
        boolean known = !register || state.known[source];
        long operand = register ? state.value[source] : one.immediate();
        int from = register ? state.from[source] : NONE;
        boolean bits32 = one.family() == Instruction.ALU;
        int origin = relocated.get(at)
                ? at
                : operation == 0xb
                        ? from
                        : operation == 0 && register
                                ? Math.max(from,
                                        state.from[to])
                                : NONE;
        if (operation == 0xb && one.offset() == 0) {
            state.known[to] = known;
            state.value[to] = bits32 ? operand & 0xffffffffL : operand;
        } else if (known && state.known[to] && foldable(operation)) {
            long result = fold(operation, state.value[to], operand, bits32);
            state.set(to, bits32 ? result & 0xffffffffL : result);
        } else {
            state.known[to] = false;
        }
        state.from[to] = origin;
    }

    private static boolean foldable(int operation) {
        return switch (operation) {
            case 0, 1, 2, 4, 5, 6, 7, 0xa, 0xc -> true;
            default -> false;
        };
    }

    private static long fold(int operation, long a, long b, boolean bits32) {
        int shift = (int) b & (bits32 ? 31 : 63);
        return switch (operation) {
            case 0 -> a + b;
            case 1 -> a - b;
            case 2 -> a * b;
            case 4 -> a | b;
            case 5 -> a & b;
            case 6 -> a << shift;
            case 7 -> (bits32 ? a & 0xffffffffL : a) >>> shift;
            case 0xa -> a ^ b;
            default -> (bits32 ? (int) a : a) >> shift;
        };
    }

    private void jump(int at, Instruction one, State state) {
        int operation = one.opcode() >> 4;
        switch (operation) {
            case 0 -> flow(at + 1 + (one.family() == Instruction.JMP32 ? one.immediate() : one.offset()), state);
            case 8 -> {
                if (one.source() == 0 && READS.contains(one.immediate()) && state.from[3] != NONE && state.known[2]) {
                    widths.merge(state.from[3], (int) Math.min(state.value[2], Integer.MAX_VALUE), Math::max);
                }
                for (int r = 0; r <= 5; r++) {
                    state.forget(r);
                }
                // Also behind a poisoned call, where the verifier stops: what follows would be refused just the same.
                flow(at + 1, state);
            }
            case 9 -> {
            }
            default -> {
                Boolean taken = taken(one, operation, state);
                if (!Boolean.FALSE.equals(taken)) {
                    flow(at + 1 + one.offset(), state);
                }
                if (!Boolean.TRUE.equals(taken)) {
                    flow(at + 1, state);
                }
            }
        }
    }

    /** Whether the jump is taken, or null where that is not known. */
    private static Boolean taken(Instruction one, int operation, State state) {
        int left = Math.min(one.destination(), REGISTERS - 1);
        int right = Math.min(one.source(), REGISTERS - 1);
        boolean register = (one.opcode() & 8) != 0;
        if (!state.known[left] || register && !state.known[right]) {
            return null;
        }
        long a = state.value[left];
        long b = register ? state.value[right] : one.immediate();
        if (one.family() == Instruction.JMP32) {
            boolean signed = operation == 6 || operation == 7 || operation == 0xc || operation == 0xd;
            a = signed ? (int) a : a & 0xffffffffL;
            b = signed ? (int) b : b & 0xffffffffL;
        }
        return switch (operation) {
            case 1 -> a == b;
            case 2 -> Long.compareUnsigned(a, b) > 0;
            case 3 -> Long.compareUnsigned(a, b) >= 0;
            case 4 -> (a & b) != 0;
            case 5 -> a != b;
            case 6 -> a > b;
            case 7 -> a >= b;
            case 0xa -> Long.compareUnsigned(a, b) < 0;
            case 0xb -> Long.compareUnsigned(a, b) <= 0;
            case 0xc -> a < b;
            case 0xd -> a <= b;
            default -> null;
        };
    }

    /** The places that no path reaches, for tests and the disassembler. */
    List<Integer> dead() {
        List<Integer> dead = new ArrayList<>();
        for (int i = 0; i < states.length; i++) {
            if (states[i] == null && !(i > 0 && code.get(i - 1).wide())) {
                dead.add(i);
            }
        }
        return dead;
    }
}
