package dev.assay.bpf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a program in Java. Fields are named and found in the running kernel's types, so there is nothing to relocate;
 * every instruction remembers the Java line that wrote it, and the verifier's complaint is answered with that line.
 *
 * <p>
 * The verifier has the last word on what a register holds: a field may be loaded straight from a pointer that it knows
 * the type of, as the arguments of a BTF-typed tracepoint are.
 */
public final class ProgramBuilder {
    private static final StackWalker CALLERS = StackWalker.getInstance();
    private static final int REGISTER_OPERAND = 8;
    private static final int MOVE = 0xb;

    private final String name;
    private final Hook hook;
    private final Btf kernel;
    private final List<Instruction> code = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<Integer, String> jumps = new HashMap<>();
    private final Map<String, Integer> labels = new HashMap<>();

    /** Arithmetic between registers; the numbers are the upper half of the opcode (RFC 9669, table 5). */
    public enum Operation {
        ADD(0), SUBTRACT(1), MULTIPLY(2), OR(4), AND(5), SHIFT_LEFT(6), SHIFT_RIGHT(7), XOR(0xa);

        private final int number;

        Operation(int number) {
            this.number = number;
        }
    }

    /**
     * Begins a program.
     *
     * @param section where it runs, as sections of objects name it, such as {@code tp_btf/sched_switch}
     */
    public ProgramBuilder(String name, String section, Btf kernel) {
        this.name = name;
        this.kernel = kernel;
        hook = Hook.of(section).orElseThrow(() -> new BpfException.NotFound("\"" + section
                + "\" names no hook; tp_btf/NAME, raw_tracepoint/NAME, tracepoint/GROUP/NAME, kprobe/FUNCTION do"));
    }

    private ProgramBuilder emit(int opcode, int destination, int source, int offset, int immediate) {
        code.add(new Instruction(opcode, destination, source, offset, immediate));
        lines.add(CALLERS.walk(frames -> frames.filter(f -> !f.getClassName().equals(ProgramBuilder.class.getName()))
                .findFirst().map(f -> f.getFileName() + ":" + f.getLineNumber()).orElse("unknown line")));
        return this;
    }

    /** {@code to = from}. */
    public ProgramBuilder move(Register to, Register from) {
        return emit(MOVE << 4 | REGISTER_OPERAND | Instruction.ALU64, to.number(), from.number(), 0, 0);
    }

    /** {@code to = number}. */
    public ProgramBuilder move(Register to, int number) {
        return emit(MOVE << 4 | Instruction.ALU64, to.number(), 0, 0, number);
    }

    /** {@code to = number}, all 64 bits. */
    public ProgramBuilder moveWide(Register to, long number) {
        emit(Instruction.LOAD_64, to.number(), 0, 0, (int) number);
        return emit(0, 0, 0, 0, (int) (number >>> 32));
    }

    /** {@code to = map}. */
    public ProgramBuilder map(Register to, BpfMap map) {
        emit(Instruction.LOAD_64, to.number(), 1, 0, map.descriptor());
        return emit(0, 0, 0, 0, 0);
    }

    /** {@code to = to operation by}, in 64 bits. */
    public ProgramBuilder compute(Operation operation, Register to, Register by) {
        return emit(operation.number << 4 | REGISTER_OPERAND | Instruction.ALU64, to.number(), by.number(), 0, 0);
    }

    /** {@code to = to operation by}, in 64 bits. */
    public ProgramBuilder compute(Operation operation, Register to, int by) {
        return emit(operation.number << 4 | Instruction.ALU64, to.number(), 0, 0, by);
    }

    private static int size(int bytes) {
        return switch (bytes) {
            case 1 -> 0x10;
            case 2 -> 0x08;
            case 4 -> 0x00;
            case 8 -> 0x18;
            default -> throw new IllegalArgumentException("a load or store moves 1, 2, 4 or 8 bytes, not " + bytes);
        };
    }

    /** {@code to = *(from + offset)}, extended with zeros. */
    public ProgramBuilder load(Register to, int bytes, Register from, int offset) {
        return emit(0x60 | size(bytes) | Instruction.LDX, to.number(), from.number(), offset, 0);
    }

    /** {@code *(to + offset) = from}. */
    public ProgramBuilder store(Register to, int offset, int bytes, Register from) {
        return emit(0x60 | size(bytes) | Instruction.STX, to.number(), from.number(), offset, 0);
    }

    /** {@code *(to + offset) = number}. */
    public ProgramBuilder store(Register to, int offset, int bytes, int number) {
        return emit(0x60 | size(bytes) | Instruction.ST, to.number(), 0, offset, number);
    }

    /** {@code *(to + offset) += from}, as one step even among processors. */
    public ProgramBuilder atomicAdd(Register to, int offset, Register from) {
        return emit(0xc0 | size(8) | Instruction.STX, to.number(), from.number(), offset, 0);
    }

    /**
     * {@code to = from->path}, where {@code from} points to a {@code type} that the verifier knows as such.
     *
     * @param path a field of the running kernel's type, such as {@code thread_info.cpu}
     * @throws BpfException.NotFound where this kernel has no such field, with the nearest name
     */
    public ProgramBuilder field(Register to, Register from, String type, String path) {
        TypeQuery.Place place = place(type, path);
        return load(to, (int) place.bitSize() / 8, from, (int) place.bitOffset() / 8);
    }

    private TypeQuery.Place place(String type, String path) {
        TypeQuery.Place place = TypeQuery.find(kernel, type + "." + path).getFirst().field().orElseThrow();
        if (place.bitfield() || Long.bitCount(place.bitSize()) != 1 || place.bitSize() > 64) {
            throw new BpfException.Unsupported(type + "." + path + " is " + place.bitSize()
                    + " bits wide; a load takes 8, 16, 32 or 64");
        }
        return place;
    }

    /** {@code R0 = helper(R1…R5)}. */
    public ProgramBuilder call(HelperFunction helper) {
        return emit(Instruction.CALL, 0, 0, 0, helper.number());
    }

    /** Marks the place of the next instruction. */
    public ProgramBuilder label(String label) {
        if (labels.putIfAbsent(label, code.size()) != null) {
            throw new IllegalArgumentException("label " + label + " is set twice");
        }
        return this;
    }

    /** Jumps to {@code label} where {@code condition} holds. */
    public ProgramBuilder jump(Condition condition, Register left, int right, String label) {
        jumps.put(code.size(), label);
        return emit(condition.operation() << 4 | Instruction.JMP, left.number(), 0, 0, right);
    }

    /** Jumps to {@code label} where {@code condition} holds. */
    public ProgramBuilder jump(Condition condition, Register left, Register right, String label) {
        jumps.put(code.size(), label);
        return emit(condition.operation() << 4 | REGISTER_OPERAND | Instruction.JMP, left.number(), right.number(), 0,
                0);
    }

    /** Jumps to {@code label}. */
    public ProgramBuilder jump(String label) {
        jumps.put(code.size(), label);
        return emit(Instruction.JMP, 0, 0, 0, 0);
    }

    /** Whether anything jumps to {@code label} so far; the verifier refuses code that nothing reaches. */
    boolean jumpsTo(String label) {
        return jumps.containsValue(label);
    }

    /** Ends with R0 as the answer. */
    public ProgramBuilder exit() {
        return emit(Instruction.EXIT, 0, 0, 0, 0);
    }

    /** The instructions, with every jump at its label. */
    List<Instruction> build() {
        List<Instruction> built = new ArrayList<>(code);
        jumps.forEach((at, label) -> {
            Integer target = labels.get(label);
            if (target == null) {
                throw new IllegalArgumentException("label " + label + " is jumped to at " + lines.get(at)
                        + " and set nowhere");
            }
            built.set(at, built.get(at).withOffset(target - at - 1));
        });
        return List.copyOf(built);
    }

    /** The program as text, each instruction with the Java line that wrote it. */
    public String listing() {
        return Disassembler.listing(build(), lines::get);
    }

    /**
     * Loads it.
     *
     * @throws BpfException.Refused with the verifier's complaint and the Java line that wrote the instruction
     */
    public BpfProgram load() {
        return BpfProgram
                .load(new BpfProgram.Image(name, hook, build(), "GPL", new Hooks(kernel).target(hook), LoadedObject
                        .kernelVersion()), i -> i < lines.size() ? ", written at " + lines.get(i) : "");
    }
}
