package dev.assay.litmus;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes one thread of a test as machine code that runs through an array of instances. */
abstract class ThreadEncoder {
    /** Offsets in the control block that the code's only argument points to; all fields are 64 bits. */
    static final class Control {
        /** Address of the first instance. */
        static final int INSTANCE = 0;
        /** Address of the first result. */
        static final int RESULT = 8;
        /** How many instances are left; the code counts it down. */
        static final int COUNT = 16;
        /** Address of the own progress cell. */
        static final int PROGRESS = 24;
        /** The last progress value published; the code counts it up. */
        static final int TICKET = 32;
        /** How many turns of an empty loop to lag behind after each meeting. */
        static final int DELAY = 40;
        /** How many turns to wait for the others at most: a thread that has no processor is not waited for. */
        static final int PATIENCE = 48;
        /** Instances between two meetings. */
        static final int GROUP = 56;
        /** Addresses of the others' progress cells. */
        static final int OTHERS = 64;

        /** The patience of a thread that waited in vain. */
        static final int IMPATIENT = 8;

        private Control() {}
    }

    /** Registers that the loop has for itself: instance, result, control, left, and one to compute with. */
    private static final int OWN_REGISTERS = 5;

    /** The numbers of the registers that an instruction names or uses. */
    abstract Stream<Integer> registers(Instruction instruction);

    abstract int number(String register);

    /** Whether registers are used that a test may not touch. */
    abstract boolean reserved(SortedSet<Integer> used);

    /** Those registers, for people. */
    abstract String reservedWords();

    /** What the loop may take, first choice first. */
    abstract List<Integer> loopChoice();

    /** @param scratch a register that the thread does not use */
    abstract LoopCode code(CodeBuffer out, int instance, int scratch, Map<String, Long> offsets);

    /**
     * The machine code of a thread.
     *
     * @param observed the registers whose final values become the instance's results, 8 bytes each, in order
     * @throws LitmusException when an instruction cannot be encoded, by name and line
     */
    final byte[] encode(LitmusTest test, LitmusThread thread, List<String> observed, InstanceLayout layout) {
        SortedSet<Integer> used = new TreeSet<>();
        thread.instructions().forEach(instruction -> registers(instruction).forEach(used::add));
        Map<Integer, Value> initial = new TreeMap<>();
        test.initial().registers().forEach((register, variable) -> {
            if (register.thread() == thread.number()) {
                initial.put(number(register.register()), variable.elements().getFirst());
            }
        });
        List<Integer> results = observed.stream().map(this::number).toList();
        used.addAll(results);
        used.addAll(initial.keySet());
        used.forEach(register -> initial.putIfAbsent(register, new Value.Number(0)));
        List<Integer> free = loopChoice().stream().filter(r -> !used.contains(r)).toList();
        if (reserved(used) || free.size() < OWN_REGISTERS) {
            throw new LitmusException("thread " + thread.number() + " of " + test.name() + " uses " + reservedWords()
                    + " or more than " + (loopChoice().size() - OWN_REGISTERS)
                    + " registers; use fewer and others to run it");
        }
        CodeBuffer out = new CodeBuffer();
        // Between two instances the thread's own registers hold nothing, so the loop may compute in them.
        List<Integer> scratch = loopChoice().stream().filter(r -> !free.subList(0, OWN_REGISTERS).contains(r))
                .toList();
        LoopCode code = code(out, free.get(0), free.get(4), layout.offsets());
        new ThreadLoop(out, code, layout, free.subList(0, OWN_REGISTERS), scratch)
                .write(thread, test.threads().size() - 1, initial, results);
        return out.finish();
    }

    /** The encoder of this machine's instruction set for tests of {@code architecture}. */
    static ThreadEncoder of(Architecture architecture, String machine) {
        if (architecture == Architecture.JAVA) {
            throw new LitmusException("a Java test is no machine code; run it with assay litmus java");
        }
        boolean arm = architecture == Architecture.AARCH64;
        boolean intel = architecture == Architecture.X86_64 || architecture == Architecture.X86;
        if (arm && machine.equals("aarch64")) {
            return new Arm64Encoder();
        }
        if (intel && machine.equals("amd64")) {
            return new X86Encoder();
        }
        throw new LitmusException("a test for " + architecture.header() + " cannot run on this " + machine
                + " processor; run it on its own, or under an emulator with --java");
    }

    /** The architecture of the tests that a machine runs, by the name that Java has for it. */
    static Architecture nativeOf(String machine) {
        return machine.equals("aarch64") ? Architecture.AARCH64 : Architecture.X86_64;
    }
}
