package dev.assay.litmus;

import dev.assay.litmus.Arm64Instruction.Arithmetic;
import dev.assay.litmus.Arm64Instruction.AtomicOperation;
import dev.assay.litmus.Arm64Instruction.Barrier;
import dev.assay.litmus.Arm64Instruction.BarrierKind;
import dev.assay.litmus.Arm64Instruction.Indexing;
import dev.assay.litmus.Arm64Instruction.LoadOrder;

/**
 * AArch64: what the instructions do (Arm Architecture Reference Manual, DDI 0487).
 *
 * <p>
 * A conditional select takes one of its sources: the result depends on that one, and the condition only picks. The same holds for a
 * compare-and-swap's write.
 */
final class Arm64Semantics implements ThreadSemantics {
    private final LitmusThread thread;
    private final Memory memory;
    private final Arm64RegisterFile registers;
    private Flow flags = Flow.ZERO;
    private ThreadRun run;
    /** The event of the load-exclusive that a store-exclusive may pair with, or -1. */
    private int monitor;

    Arm64Semantics(LitmusThread thread, InitialState state, Memory memory) {
        this.thread = thread;
        this.memory = memory;
        registers = new Arm64RegisterFile(thread, state, memory);
    }

    @Override
    public long register(String name) {
        return registers.whole(Arm64Register.named(name).orElseThrow()).value();
    }

    @Override
    public void execute(ThreadRun current) {
        run = current;
        monitor = -1;
        flags = Flow.ZERO;
        registers.reset();
        int at = 0;
        while (at < thread.instructions().size()) {
            run.instruction(thread.lines().get(at));
            int next = step((Arm64Instruction) thread.instructions().get(at), at);
            run.jump(at, next);
            at = next;
        }
    }

    private int step(Arm64Instruction instruction, int at) {
        switch (instruction) {
            case Arm64Instruction.Load load -> {
                Flow address = registers.address(load.address());
                registers.set(load.target(),
                        extended(run.load(address, load.size(), tags(load.order())), load.signed(), load.size(),
                                load.target()));
            }
            case Arm64Instruction.Store store ->
                store(store);
            case Arm64Instruction.LoadPair load -> {
                Flow address = registers.address(load.address());
                Flow first = run.load(address, load.size(), tags(load.order()));
                Flow second = run.load(address.with(address.value() + load.size()), load.size(), tags(load.order()));
                if (load.order() == LoadOrder.ACQUIRE_PC) {
                    run.actions().getLast().orderedAfter = 1L << run.last() - 1;
                }
                registers.set(load.first(), extended(first, load.signed(), load.size(), load.first()));
                registers.set(load.second(), extended(second, load.signed(), load.size(), load.second()));
            }
            case Arm64Instruction.StorePair store -> {
                Flow first = registers.get(store.first());
                Flow second = registers.get(store.second());
                Flow address = registers.address(store.address());
                long tags = store.release() ? Tag.L.bit() : 0;
                Action low = run.store(address, first, store.size(), tags);
                run.store(address.with(address.value() + store.size()), second, store.size(), tags);
                if (store.release()) {
                    // Going down with pre-indexing the upper half is first, else the lower one.
                    if (store.address().indexing() == Indexing.PRE) {
                        low.orderedAfter = 1L << run.last();
                    } else {
                        run.actions().getLast().orderedAfter = 1L << run.last() - 1;
                    }
                }
            }
            case Arm64Instruction.LoadExclusive load -> loadExclusive(load);
            case Arm64Instruction.StoreExclusive store -> storeExclusive(store);
            case Arm64Instruction.CompareAndSwap cas -> compareAndSwap(cas);
            case Arm64Instruction.CompareAndSwapPair cas -> compareAndSwapPair(cas);
            case Arm64Instruction.Swap swap -> {
                Flow source = registers.get(swap.source());
                update(registers.whole(swap.base()), swap.size(), swap.acquire(), swap.release(), swap.target(),
                        swap.target().isZero(), source, null);
            }
            case Arm64Instruction.Atomic atomic -> {
                Arm64Register target = atomic.target().orElse(new Arm64Register(Arm64Register.ZERO, true));
                update(registers.whole(atomic.base()), atomic.size(), atomic.acquire(), atomic.release(), target,
                        target.isZero(),
                        registers.get(atomic.source()), atomic.operation());
            }
            case Barrier barrier -> run.fence(tag(barrier).bit());
            case Arithmetic arithmetic -> arithmetic(arithmetic);
            case Arm64Instruction.Move move ->
                registers.set(move.target(), registers.operand(move.source(), move.target().wide()));
            case Arm64Instruction.MoveWide move -> moveWide(move);
            case Arm64Instruction.ShiftBy shift -> {
                Flow left = registers.get(shift.left());
                Flow right = registers.operand(shift.right(), shift.left().wide());
                int bits = shift.target().wide() ? 64 : 32;
                registers.set(shift.target(), left.with(right,
                        Arm64Arithmetic.shift(shift.shift(), left.value(), (int) (right.value() & bits - 1), bits)));
            }
            case Arm64Instruction.Bitfield field -> {
                Flow source = registers.get(field.source());
                registers.set(field.target(), source.with(Arm64Arithmetic.bitfield(field, source.value())));
            }
            case Arm64Instruction.MultiplyAdd multiply -> {
                Flow left = registers.get(multiply.left());
                Flow right = registers.get(multiply.right());
                Flow addend = registers.get(multiply.addend());
                registers.set(multiply.target(), left.with(right, 0).with(addend,
                        Arm64Arithmetic.multiplyAdd(multiply, left.value(), right.value(), addend.value())));
            }
            case Arm64Instruction.Unary unary -> {
                Flow source = registers.get(unary.source());
                registers.set(unary.target(),
                        source.with(Arm64Arithmetic.unary(unary.operation(), source.value(), unary.target().wide())));
            }
            case Arm64Instruction.ConditionalSelect select -> {
                boolean first = Arm64Arithmetic.holds(select.test(), flags.value());
                Flow taken = registers.get(first ? select.left() : select.right());
                long value = first ? taken.value() : switch (select.kind()) {
                    case CSEL -> taken.value();
                    case CSINC -> taken.value() + 1;
                    case CSINV -> ~taken.value();
                    case CSNEG -> -taken.value();
                };
                registers.set(select.target(), taken.with(value).pickedBy(flags));
            }
            case Arm64Instruction.SymbolAddress symbol ->
                registers.set(symbol.target(), Flow.constant(memory.address(symbol.symbol())));
            case Arm64Instruction.Jump jump -> {
                return ThreadSemantics.target(thread, at, jump.label());
            }
            case Arm64Instruction.JumpIf jump -> {
                if (jump.test() != Arm64Instruction.Test.AL) {
                    run.branch(flags);
                }
                return Arm64Arithmetic.holds(jump.test(), flags.value())
                        ? ThreadSemantics.target(thread, at, jump.label())
                        : at + 1;
            }
            case Arm64Instruction.CompareAndBranch branch -> {
                Flow value = registers.get(branch.register());
                run.branch(value);
                return value.value() != 0 == branch.nonZero()
                        ? ThreadSemantics.target(thread, at, branch.label())
                        : at + 1;
            }
            case Arm64Instruction.TestAndBranch branch -> {
                Flow value = registers.get(branch.register());
                run.branch(value);
                boolean one = (value.value() >>> branch.bit() & 1) != 0;
                return one == branch.nonZero() ? ThreadSemantics.target(thread, at, branch.label()) : at + 1;
            }
            case Arm64Instruction.Nop _ -> {
            }
            case Arm64Instruction.Return _ -> {
                return thread.instructions().size();
            }
        }
        return at + 1;
    }

    private void store(Arm64Instruction.Store store) {
        Flow value = registers.get(store.source());
        Flow address = registers.address(store.address());
        run.store(address, value, store.size(), store.release() ? Tag.L.bit() : 0);
    }

    private static long tags(LoadOrder order) {
        return switch (order) {
            case PLAIN -> 0;
            case ACQUIRE -> Tag.A.bit();
            case ACQUIRE_PC -> Tag.Q.bit();
        };
    }

    private static Tag tag(Barrier barrier) {
        if (barrier.kind() == BarrierKind.ISB) {
            return Tag.ISB;
        }
        String option = barrier.domain().equals("SY") && !barrier.access().isEmpty()
                ? barrier.access()
                : barrier.domain() + barrier.access();
        return Tag.valueOf(barrier.kind() + "_" + option);
    }

    private static Flow extended(Flow value, boolean signed, int size, Arm64Register target) {
        Flow result = signed ? value.signExtended(size) : value.truncated(size);
        return target.wide() ? result : result.truncated(4);
    }

    private void loadExclusive(Arm64Instruction.LoadExclusive load) {
        Flow address = registers.whole(load.base());
        long tags = Tag.EXCLUSIVE.bit() | (load.acquire() ? Tag.A.bit() : 0);
        Flow first = run.load(address, load.size(), tags);
        monitor = run.last();
        if (load.second().isPresent()) {
            Flow second = run.load(address.with(address.value() + load.size()), load.size(), tags);
            joinLast();
            registers.set(load.target(), first);
            registers.set(load.second().get(), second);
        } else {
            registers.set(load.target(), first);
        }
    }

    /** Tells that the last two events are one access. */
    private void joinLast() {
        run.actions().getLast().access = run.last() - 1;
    }

    private boolean isPair(int event) {
        return event < run.last() && run.actions().get(event + 1).access == event;
    }

    private void storeExclusive(Arm64Instruction.StoreExclusive store) {
        Flow address = registers.whole(store.base());
        boolean possible = monitor >= 0 && run.actions().get(monitor).address == address.value()
                && run.actions().get(monitor).size == store.size()
                && isPair(monitor) == store.second().isPresent();
        if (possible && run.choose(2) == 0) {
            long tags = Tag.EXCLUSIVE.bit() | (store.release() ? Tag.L.bit() : 0);
            Action write = run.store(address, registers.get(store.source()), store.size(), tags);
            write.updates = monitor;
            if (store.second().isPresent()) {
                Action other = run.store(address.with(address.value() + store.size()),
                        registers.get(store.second().get()),
                        store.size(),
                        tags);
                other.updates = monitor + 1;
                joinLast();
            }
            registers.set(store.status(), Flow.ZERO);
        } else {
            registers.set(store.status(), Flow.constant(1));
        }
        monitor = -1;
    }

    /** SWP when {@code operation} is null, else LDADD and the like. */
    private void update(Flow address, int size, boolean acquire, boolean release, Arm64Register target,
            boolean noReturn,
            Flow operand, AtomicOperation operation) {
        // A read whose result goes nowhere does not acquire.
        long readTags = Tag.ATOMIC.bit() | (noReturn ? Tag.NO_RETURN.bit() : acquire ? Tag.A.bit() : 0);
        Flow old = run.load(address, size, readTags);
        int read = run.last();
        long value = operation == null
                ? operand.value()
                : Arm64Arithmetic.update(operation, old.value(), operand.value(), size);
        Action write = run.store(address, operand.with(value), size, Tag.ATOMIC.bit() | (release ? Tag.L.bit() : 0));
        write.updates = read;
        write.computedFrom = operation == null ? 0 : 1L << read;
        registers.set(target, old.truncated(size));
    }

    private void compareAndSwap(Arm64Instruction.CompareAndSwap cas) {
        Flow address = registers.whole(cas.base());
        Flow expected = registers.get(cas.expected());
        Flow desired = registers.get(cas.desired());
        boolean noReturn = cas.expected().isZero();
        long readTags = Tag.ATOMIC.bit() | (noReturn ? Tag.NO_RETURN.bit() : cas.acquire() ? Tag.A.bit() : 0);
        Flow found = run.load(address, cas.size(), readTags);
        int read = run.last();
        if (found.value() == Memory.truncate(expected.value(), cas.size())) {
            Action write = run.store(address, desired.pickedBy(expected), cas.size(),
                    Tag.ATOMIC.bit() | (cas.release() ? Tag.L.bit() : 0));
            write.updates = read;
            write.decidedBy = 1L << read;
            // What was found is what was expected: the register may be left as it was, which the comparison decided, or written.
            if (run.choose(2) == 0) {
                found = new Flow(found.value(), expected.sources(), found.picks() | expected.picks());
            }
        } else if (run.choose(2) == 0) {
            // A failing comparison may write back what it found.
            Action write = run.store(address, Flow.constant(found.value()), cas.size(),
                    Tag.ATOMIC.bit() | (cas.release() ? Tag.L.bit() : 0));
            writeBack(write, read, expected);
        }
        registers.set(cas.expected(), found);
    }

    private static void writeBack(Action write, int read, Flow expected) {
        write.updates = read;
        write.computedFrom = 1L << read;
        write.valuePicks = expected.picks();
        write.decidedBy = 1L << read;
    }

    private void compareAndSwapPair(Arm64Instruction.CompareAndSwapPair cas) {
        Flow address = registers.whole(cas.base());
        Flow upper = address.with(address.value() + cas.size());
        Arm64Register expectedHigh = new Arm64Register(cas.expected().number() + 1, cas.expected().wide());
        Arm64Register desiredHigh = new Arm64Register(cas.desired().number() + 1, cas.desired().wide());
        Flow expectedLow = registers.get(cas.expected());
        Flow expectedTop = registers.get(expectedHigh);
        long readTags = Tag.ATOMIC.bit() | (cas.acquire() ? Tag.A.bit() : 0);
        Flow low = run.load(address, cas.size(), readTags);
        int read = run.last();
        Flow high = run.load(upper, cas.size(), readTags);
        joinLast();
        if (low.value() == expectedLow.value() && high.value() == expectedTop.value()) {
            long tags = Tag.ATOMIC.bit() | (cas.release() ? Tag.L.bit() : 0);
            Action first = run.store(address, registers.get(cas.desired()).pickedBy(expectedLow).pickedBy(expectedTop),
                    cas.size(), tags);
            Action second = run.store(upper, registers.get(desiredHigh).pickedBy(expectedLow).pickedBy(expectedTop),
                    cas.size(),
                    tags);
            joinLast();
            first.updates = read;
            first.decidedBy = 1L << read;
            second.updates = read + 1;
            second.decidedBy = 1L << read + 1;
            if (run.choose(2) == 0) {
                long picks = low.picks() | high.picks() | expectedLow.picks() | expectedTop.picks();
                low = new Flow(low.value(), expectedLow.sources(), picks);
                high = new Flow(high.value(), expectedTop.sources(), picks);
            }
        } else if (run.choose(2) == 0) {
            long tags = Tag.ATOMIC.bit() | (cas.release() ? Tag.L.bit() : 0);
            Action first = run.store(address, Flow.constant(low.value()), cas.size(), tags);
            Action second = run.store(upper, Flow.constant(high.value()), cas.size(), tags);
            joinLast();
            writeBack(first, read, expectedLow);
            writeBack(second, read + 1, expectedTop);
        }
        registers.set(cas.expected(), low);
        registers.set(expectedHigh, high);
    }

    private void arithmetic(Arithmetic a) {
        boolean wide = a.left().wide();
        Flow left = registers.get(a.left());
        Flow right = registers.operand(a.right(), wide);
        long x = left.value();
        long y = right.value();
        long result = switch (a.operation()) {
            case ADD -> x + y;
            case SUB -> x - y;
            case AND -> x & y;
            case ORR -> x | y;
            case EOR -> x ^ y;
            case BIC -> x & ~y;
            case ORN -> x | ~y;
            case EON -> x ^ ~y;
        };
        if (a.flags()) {
            flags = left.with(right, Arm64Arithmetic.flags(a.operation(), x, y, wide));
        }
        registers.set(a.target(), left.with(right, result));
    }

    private void moveWide(Arm64Instruction.MoveWide move) {
        long bits = (long) move.value() << move.shift();
        switch (move.kind()) {
            case MOVZ -> registers.set(move.target(), Flow.constant(bits));
            case MOVN -> registers.set(move.target(), Flow.constant(~bits));
            case MOVK -> {
                Flow old = registers.get(move.target());
                registers.set(move.target(), old.with(old.value() & ~(0xffffL << move.shift()) | bits));
            }
        }
    }
}
