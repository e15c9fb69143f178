package dev.assay.litmus;

import dev.assay.litmus.RiscvInstruction.AtomicOperation;
import dev.assay.litmus.RiscvInstruction.Operation;
import dev.assay.litmus.RiscvInstruction.Order;
import dev.assay.litmus.RiscvInstruction.Test;
import java.util.Arrays;

/** RV64IA: what the instructions do (The RISC-V Instruction Set Manual, volume I). */
final class RiscvSemantics implements ThreadSemantics {
    private final LitmusThread thread;
    private final Memory memory;
    private final Flow[] initial = new Flow[32];
    private final Flow[] registers = new Flow[32];
    private ThreadRun run;
    /** The event of the load-reserve that a store-conditional may pair with, or -1. */
    private int reservation;

    RiscvSemantics(LitmusThread thread, InitialState state, Memory memory) {
        this.thread = thread;
        this.memory = memory;
        Arrays.fill(initial, Flow.ZERO);
        state.registers().forEach((register, variable) -> {
            if (register.thread() == thread.number()) {
                int number = RiscvInstruction.register(register.register()).orElseThrow();
                initial[number] = number == 0 ? Flow.ZERO : Flow.constant(memory.value(variable.elements().getFirst()));
            }
        });
    }

    @Override
    public long register(String name) {
        return registers[RiscvInstruction.register(name).orElseThrow()].value();
    }

    @Override
    public void execute(ThreadRun current) {
        run = current;
        reservation = -1;
        System.arraycopy(initial, 0, registers, 0, registers.length);
        int at = 0;
        while (at < thread.instructions().size()) {
            run.instruction(thread.lines().get(at));
            int next = step((RiscvInstruction) thread.instructions().get(at), at);
            run.jump(at, next);
            at = next;
        }
    }

    private int step(RiscvInstruction instruction, int at) {
        switch (instruction) {
            case RiscvInstruction.Load load -> {
                Flow address = offset(load.base(), load.offset());
                Flow value = run.load(address, load.size(), tags(load.order()));
                set(load.target(), load.signed() ? value.signExtended(load.size()) : value.truncated(load.size()));
            }
            case RiscvInstruction.Store store ->
                run.store(offset(store.base(), store.offset()), registers[store.source()], store.size(),
                        tags(store.order()));
            case RiscvInstruction.LoadReserved load -> {
                Flow value = run.load(registers[load.base()], load.size(), tags(load.order()) | Tag.EXCLUSIVE.bit());
                reservation = run.last();
                set(load.target(), value.signExtended(load.size()));
            }
            case RiscvInstruction.StoreConditional store -> storeConditional(store);
            case RiscvInstruction.Atomic atomic -> atomic(atomic);
            case RiscvInstruction.Register r -> {
                Flow left = registers[r.left()];
                Flow right = registers[r.right()];
                set(r.target(), left.with(right, compute(r.operation(), left.value(), right.value())));
            }
            case RiscvInstruction.Immediate i -> {
                Flow left = registers[i.left()];
                set(i.target(), left.with(compute(i.operation(), left.value(), i.right())));
            }
            case RiscvInstruction.Constant constant -> set(constant.target(), Flow.constant(constant.value()));
            case RiscvInstruction.SymbolAddress symbol ->
                set(symbol.target(), Flow.constant(memory.address(symbol.symbol())));
            case RiscvInstruction.Fence fence -> fence(fence);
            case RiscvInstruction.FenceTso _ -> run.fence(Tag.FENCE_TSO.bit());
            case RiscvInstruction.FenceInstructions _ -> run.fence(Tag.FENCE_I.bit());
            case RiscvInstruction.Branch branch -> {
                Flow left = registers[branch.left()];
                Flow right = registers[branch.right()];
                run.branch(left.with(right, 0));
                if (holds(branch.test(), left.value(), right.value())) {
                    return ThreadSemantics.target(thread, at, branch.label());
                }
            }
            case RiscvInstruction.Jump jump -> {
                return ThreadSemantics.target(thread, at, jump.label());
            }
            case RiscvInstruction.Nop _ -> {
            }
            case RiscvInstruction.Return _ -> {
                return thread.instructions().size();
            }
        }
        return at + 1;
    }

    private void storeConditional(RiscvInstruction.StoreConditional store) {
        Flow address = registers[store.base()];
        boolean possible = reservation >= 0 && run.actions().get(reservation).address == address.value();
        if (possible && run.choose(2) == 0) {
            Action write = run.store(address, registers[store.source()], store.size(),
                    tags(store.order()) | Tag.EXCLUSIVE.bit());
            write.updates = reservation;
            // Success is known from the write and its address: what uses it depends on both (RVWMO, syntactic dependencies).
            long self = 1L << run.last();
            set(store.status(), new Flow(0, self | address.sources(), self | address.picks()));
        } else {
            set(store.status(), Flow.constant(1));
        }
        reservation = -1;
    }

    private void atomic(RiscvInstruction.Atomic atomic) {
        Flow address = registers[atomic.base()];
        Flow operand = registers[atomic.source()];
        boolean both = atomic.order().acquire() && atomic.order().release();
        long readTags = Tag.ATOMIC.bit() | (both ? Tag.ACQ_REL.bit() : atomic.order().acquire() ? Tag.ACQ.bit() : 0);
        long writeTags = Tag.ATOMIC.bit() | (both ? Tag.ACQ_REL.bit() : atomic.order().release() ? Tag.REL.bit() : 0);
        Flow old = run.load(address, atomic.size(), readTags).signExtended(atomic.size());
        int read = run.last();
        long updated = update(atomic.operation(), old.value(), operand.signExtended(atomic.size()).value(),
                atomic.size());
        Action write = run.store(address, operand.with(updated), atomic.size(), writeTags);
        write.updates = read;
        write.computedFrom = atomic.operation() == AtomicOperation.SWAP ? 0 : 1L << read;
        set(atomic.target(), old);
    }

    private static long update(AtomicOperation operation, long old, long operand, int size) {
        return switch (operation) {
            case SWAP -> operand;
            case ADD -> old + operand;
            case AND -> old & operand;
            case OR -> old | operand;
            case XOR -> old ^ operand;
            case MAX -> Math.max(old, operand);
            case MIN -> Math.min(old, operand);
            case MAXU -> unsignedLess(old, operand, size) ? operand : old;
            case MINU -> unsignedLess(old, operand, size) ? old : operand;
        };
    }

    private static boolean unsignedLess(long left, long right, int size) {
        return Long.compareUnsigned(Memory.truncate(left, size), Memory.truncate(right, size)) < 0;
    }

    private void fence(RiscvInstruction.Fence fence) {
        boolean before = fence.readsBefore() || fence.writesBefore();
        boolean after = fence.readsAfter() || fence.writesAfter();
        if (before && after) {
            String name = "FENCE_" + set(fence.readsBefore(), fence.writesBefore()) + "_"
                    + set(fence.readsAfter(), fence.writesAfter());
            run.fence(Tag.valueOf(name).bit());
        }
    }

    private static String set(boolean reads, boolean writes) {
        return (reads ? "R" : "") + (writes ? "W" : "");
    }

    private static long tags(Order order) {
        return order.acquire() && order.release()
                ? Tag.ACQ_REL.bit()
                : order.acquire()
                        ? Tag.ACQ.bit()
                        : order.release() ? Tag.REL.bit() : 0;
    }

    private Flow offset(int base, long offset) {
        Flow value = registers[base];
        return value.with(value.value() + offset);
    }

    private void set(int target, Flow value) {
        if (target != 0) {
            registers[target] = value;
        }
    }

    private static long compute(Operation operation, long x, long y) {
        return switch (operation) {
            case ADD -> x + y;
            case SUB -> x - y;
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case SLL -> x << y;
            case SRL -> x >>> y;
            case SRA -> x >> y;
            case SLT -> x < y ? 1 : 0;
            case SLTU -> Long.compareUnsigned(x, y) < 0 ? 1 : 0;
            case ADDW -> (int) (x + y);
            case SUBW -> (int) (x - y);
            case SLLW -> (int) x << y;
            case SRLW -> (int) x >>> y;
            case SRAW -> (int) x >> y;
            case MUL -> x * y;
            case MULW -> (int) (x * y);
        };
    }

    private static boolean holds(Test test, long x, long y) {
        return switch (test) {
            case EQ -> x == y;
            case NE -> x != y;
            case LT -> x < y;
            case GE -> x >= y;
            case LTU -> Long.compareUnsigned(x, y) < 0;
            case GEU -> Long.compareUnsigned(x, y) >= 0;
        };
    }
}
