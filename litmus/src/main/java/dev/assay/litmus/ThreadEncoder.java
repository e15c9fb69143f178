package dev.assay.litmus;

import java.util.List;

/** Writes one thread of a test as machine code that runs through an array of instances. */
interface ThreadEncoder {
    /** Offsets in the control block that the code's only argument points to; all fields are 64 bits. */
    final class Control {
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

    /**
     * The machine code of a thread.
     *
     * @param registers the registers whose final values become the instance's results, 8 bytes each, in order
     * @throws LitmusException when an instruction cannot be encoded, by name and line
     */
    byte[] encode(LitmusTest test, LitmusThread thread, List<String> registers, InstanceLayout layout);

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
