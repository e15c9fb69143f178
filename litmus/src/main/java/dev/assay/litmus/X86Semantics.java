package dev.assay.litmus;

import dev.assay.litmus.X86Instruction.Arithmetic;
import dev.assay.litmus.X86Instruction.Direct;
import dev.assay.litmus.X86Instruction.Immediate;
import dev.assay.litmus.X86Instruction.Operand;
import dev.assay.litmus.X86Instruction.Operation;
import dev.assay.litmus.X86Instruction.SymbolAddress;
import java.util.Arrays;

/** x86: what the instructions do (Intel SDM volume 2). Locked updates are one atomic read and write. */
final class X86Semantics implements ThreadSemantics {
    private static final int REGISTERS = 24;

    private final LitmusThread thread;
    private final Flow[] initial = new Flow[REGISTERS];
    private final Flow[] registers = new Flow[REGISTERS];
    private Flow flags = Flow.ZERO;
    private ThreadRun run;
    private final Memory memory;

    X86Semantics(LitmusThread thread, InitialState state, Memory memory) {
        this.thread = thread;
        this.memory = memory;
        Arrays.fill(initial, Flow.ZERO);
        state.registers().forEach((register, variable) -> {
            if (register.thread() == thread.number()) {
                initial[number(register.register())] = Flow.constant(memory.value(variable.elements().getFirst()));
            }
        });
    }

    private static int number(String name) {
        return X86Register.named(name).orElseThrow().number();
    }

    @Override
    public long register(String name) {
        return registers[number(name)].value();
    }

    @Override
    public void execute(ThreadRun current) {
        run = current;
        System.arraycopy(initial, 0, registers, 0, REGISTERS);
        flags = Flow.ZERO;
        int size = thread.instructions().size();
        int at = 0;
        while (at < size) {
            run.instruction(thread.lines().get(at));
            int next = step((X86Instruction) thread.instructions().get(at), at);
            run.jump(at, next);
            at = next;
        }
    }

    private int step(X86Instruction instruction, int at) {
        switch (instruction) {
            case X86Instruction.Move move ->
                write(move.target(), move.size(), read(move.source(), move.size(), 0),
                        move.nonTemporal() ? Tag.NON_TEMPORAL.bit() : 0);
            case X86Instruction.MoveExtend move -> {
                Flow value = read(move.source(), move.sourceSize(), 0);
                setRegister(move.target(), move.targetSize(),
                        move.signed() ? value.signExtended(move.sourceSize()) : value.truncated(move.sourceSize()));
            }
            case X86Instruction.LoadAddress lea -> setRegister(lea.target(), lea.size(), address(lea.source()));
            case Arithmetic arithmetic -> arithmetic(arithmetic);
            case X86Instruction.Unary unary -> unary(unary);
            case X86Instruction.Exchange exchange -> exchange(exchange);
            case X86Instruction.ExchangeAdd add -> {
                Flow addend = register(add.source(), add.size());
                Place place = place(add.target(), add.size(), add.locked() ? Tag.ATOMIC.bit() : 0);
                Flow sum = place.value.with(addend, place.value.value() + addend.value());
                flags = X86Flags.add(place.value, addend, Flow.ZERO, add.size());
                setRegister(add.source(), add.size(), place.value);
                place.store(sum, true);
            }
            case X86Instruction.CompareExchange compare -> compareExchange(compare);
            case X86Instruction.Fence fence -> run.fence(Tag.valueOf(fence.name()).bit());
            case X86Instruction.Jump jump -> {
                return ThreadSemantics.target(thread, at, jump.label());
            }
            case X86Instruction.JumpIf jump -> {
                run.branch(flags);
                return X86Flags.holds(jump.test(), flags.value())
                        ? ThreadSemantics.target(thread, at, jump.label())
                        : at + 1;
            }
            case X86Instruction.SetIf set ->
                write(set.target(), 1, flags.with(X86Flags.holds(set.test(), flags.value()) ? 1 : 0), 0);
            case X86Instruction.MoveIf move -> {
                // The source is read whatever the condition.
                Flow source = read(move.source(), move.size(), 0);
                Flow old = register(move.target(), move.size());
                Flow taken = X86Flags.holds(move.test(), flags.value()) ? source : old;
                setRegister(move.target(), move.size(), taken.pickedBy(flags));
            }
            case X86Instruction.Nop _ -> {
            }
            case X86Instruction.Return _ -> {
                return thread.instructions().size();
            }
        }
        return at + 1;
    }

    private void arithmetic(Arithmetic a) {
        int size = a.size();
        Flow source = read(a.source(), a.operation() == Operation.SHL || a.operation() == Operation.SHR
                || a.operation() == Operation.SAR ? size(a.source(), size) : size, 0);
        if (a.operation() == Operation.CMP || a.operation() == Operation.TEST) {
            Flow left = read(a.target(), size, 0);
            flags = a.operation() == Operation.CMP
                    ? X86Flags.subtract(left, source, Flow.ZERO, size)
                    : X86Flags.logic(left.with(source, left.value() & source.value()), size);
            return;
        }
        Place place = place(a.target(), size, a.locked() ? Tag.ATOMIC.bit() : 0);
        Flow left = place.value;
        long x = left.value();
        long y = source.value();
        int count = (int) y & (size == 8 ? 63 : 31);
        Flow carry = flags.with(flags.value() & X86Flags.CARRY);
        boolean withCarry = a.operation() == Operation.ADC || a.operation() == Operation.SBB;
        Flow inputs = withCarry ? left.with(source, 0).with(carry, 0) : left.with(source, 0);
        Flow result = inputs.with(switch (a.operation()) {
            case ADD -> x + y;
            case ADC -> x + y + (carry.value() != 0 ? 1 : 0);
            case SUB -> x - y;
            case SBB -> x - y - (carry.value() != 0 ? 1 : 0);
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case SHL -> x << count;
            case SHR -> Memory.truncate(x, size) >>> count;
            case SAR -> left.signExtended(size).value() >> count;
            case IMUL -> x * y;
            case CMP, TEST -> throw new IllegalStateException("compared above");
        });
        flags = switch (a.operation()) {
            case ADD, ADC -> X86Flags.add(left, source, withCarry ? carry : Flow.ZERO, size);
            case SUB, SBB -> X86Flags.subtract(left, source, withCarry ? carry : Flow.ZERO, size);
            default -> X86Flags.logic(result, size);
        };
        place.store(result, true);
    }

    private static int size(Operand operand, int otherwise) {
        return operand instanceof Direct direct ? direct.register().bytes() : otherwise;
    }

    private void unary(X86Instruction.Unary unary) {
        Place place = place(unary.target(), unary.size(), unary.locked() ? Tag.ATOMIC.bit() : 0);
        Flow old = place.value;
        Flow one = Flow.constant(1);
        Flow kept = flags.with(flags.value() & X86Flags.CARRY);
        Flow result = old.with(switch (unary.operation()) {
            case INC -> old.value() + 1;
            case DEC -> old.value() - 1;
            case NEG -> -old.value();
            case NOT -> ~old.value();
        });
        flags = switch (unary.operation()) {
            case INC -> X86Flags.keepCarry(X86Flags.add(old, one, Flow.ZERO, unary.size()), kept);
            case DEC -> X86Flags.keepCarry(X86Flags.subtract(old, one, Flow.ZERO, unary.size()), kept);
            case NEG -> X86Flags.subtract(Flow.ZERO, old, Flow.ZERO, unary.size());
            case NOT -> flags;
        };
        place.store(result, true);
    }

    private void exchange(X86Instruction.Exchange exchange) {
        long tags = exchange.locked() ? Tag.ATOMIC.bit() : 0;
        // The memory operand, if any, is the atomic place.
        boolean memoryFirst = exchange.left() instanceof X86Instruction.Memory;
        Place one = place(memoryFirst ? exchange.left() : exchange.right(), exchange.size(), tags);
        Place other = place(memoryFirst ? exchange.right() : exchange.left(), exchange.size(), tags);
        Flow value = one.value;
        one.store(other.value, false);
        other.store(value, false);
    }

    private void compareExchange(X86Instruction.CompareExchange compare) {
        X86Register accumulator = new X86Register(0, compare.size(), false);
        Flow expected = register(accumulator, compare.size());
        Flow desired = register(compare.source(), compare.size());
        Place place = place(compare.target(), compare.size(), compare.locked() ? Tag.ATOMIC.bit() : 0);
        Flow found = place.value;
        flags = X86Flags.subtract(expected, found, Flow.ZERO, compare.size());
        if (Memory.truncate(expected.value(), compare.size()) == Memory.truncate(found.value(), compare.size())) {
            Action write = place.store(desired.pickedBy(expected), false);
            if (write != null) {
                write.decidedBy = 1L << place.read;
            }
        } else {
            setRegister(accumulator, compare.size(), found.pickedBy(expected));
        }
    }

    /** A register or memory operand that is read and then written by the same instruction. */
    private final class Place {
        final Flow value;
        private final X86Register register;
        private final Flow address;
        private final int size;
        private final long tags;
        private final int read;

        Place(X86Register register, Flow address, Flow value, int size, long tags) {
            this.register = register;
            this.address = address;
            this.value = value;
            this.size = size;
            this.tags = tags;
            this.read = register == null ? run.last() : -1;
        }

        /** Writes; the answer is the event, or null for a register. */
        Action store(Flow result, boolean computed) {
            if (register != null) {
                setRegister(register, size, result);
                return null;
            }
            long self = 1L << read;
            Action action = run.store(address,
                    new Flow(result.value(), result.sources() & ~self, result.picks() & ~self),
                    size, tags);
            action.computedFrom = computed ? 1L << read : 0;
            action.updates = tags != 0 ? read : -1;
            return action;
        }
    }

    private Place place(Operand operand, int size, long tags) {
        return switch (operand) {
            case Direct direct -> new Place(direct.register(), null, register(direct.register(), size), size, 0);
            case X86Instruction.Memory at -> {
                Flow address = address(at);
                yield new Place(null, address, run.load(address, size, tags), size, tags);
            }
            case Immediate _,SymbolAddress _ -> throw new LitmusException("thread " + thread.number()
                    + ": the target of an instruction must be a register or memory, not a number");
        };
    }

    private Flow read(Operand operand, int size, long tags) {
        return switch (operand) {
            case Direct direct -> register(direct.register(), size);
            case Immediate immediate -> Flow.constant(Memory.truncate(immediate.value(), size));
            case SymbolAddress symbol -> Flow.constant(memory.address(symbol.symbol()));
            case X86Instruction.Memory at -> run.load(address(at), size, tags);
        };
    }

    private void write(Operand operand, int size, Flow value, long tags) {
        switch (operand) {
            case Direct direct -> setRegister(direct.register(), size, value);
            case X86Instruction.Memory at -> run.store(address(at), value, size, tags);
            case Immediate _,SymbolAddress _ -> throw new LitmusException("thread " + thread.number()
                    + ": the target of an instruction must be a register or memory, not a number");
        }
    }

    private Flow address(X86Instruction.Memory at) {
        Flow sum = Flow.constant(at.displacement() + (at.symbol().isEmpty() ? 0 : memory.address(at.symbol())));
        if (at.base() != null) {
            Flow base = registers[at.base().number()];
            sum = sum.with(base, sum.value() + base.value());
        }
        if (at.index() != null) {
            Flow index = registers[at.index().number()];
            sum = sum.with(index, sum.value() + index.value() * at.scale());
        }
        return sum;
    }

    private Flow register(X86Register register, int size) {
        Flow whole = registers[register.number()];
        return (register.high() ? whole.with(whole.value() >>> 8) : whole).truncated(size);
    }

    /** Writes of 4 bytes clear the upper half; of fewer keep the rest. */
    private void setRegister(X86Register register, int size, Flow value) {
        Flow old = registers[register.number()];
        registers[register.number()] = switch (size) {
            case 8 -> value;
            case 4 -> value.truncated(4);
            case 2 -> old.with(value, old.value() & ~0xffffL | value.value() & 0xffff);
            default -> register.high()
                    ? old.with(value, old.value() & ~0xff00L | (value.value() & 0xff) << 8)
                    : old.with(value, old.value() & ~0xffL | value.value() & 0xff);
        };
    }
}
