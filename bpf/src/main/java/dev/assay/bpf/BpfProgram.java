package dev.assay.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** A program that the kernel's verifier has accepted. It runs once attached, and leaves when closed. */
public final class BpfProgram implements AutoCloseable {
    private static final int SLEEPABLE = 1 << 4;
    private static final int FIRST_LOG_BYTES = 1 << 20;
    private static final int LAST_LOG_BYTES = 1 << 26;

    private final int descriptor;
    private final String name;
    private final Hook hook;
    private final int instructions;
    private boolean closed;

    private BpfProgram(int descriptor, String name, Hook hook, int instructions) {
        this.descriptor = descriptor;
        this.name = name;
        this.hook = hook;
        this.instructions = instructions;
    }

    /** Says where in the source an instruction came from, for the verifier's complaints. */
    interface Source {
        String line(int instruction);
    }

    /** What the kernel needs to know of a program. */
    record Image(String name, Hook hook, List<Instruction> code, String license, Hooks.Target target,
            int kernelVersion) {
        Image {
            code = List.copyOf(code);
        }
    }

    /**
     * Loads a program.
     *
     * @throws BpfException.Refused with the verifier's complaint, shortened, and the source line that it is about
     */
    static BpfProgram load(Image image, Source source) {
        // Numbers of a module's types need those types named; the program holds them once it is loaded.
        OptionalInt types = image.target().module().stream().mapToInt(KernelTypes::descriptor).findFirst();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = attribute(arena, image);
            types.ifPresent(fd -> attribute.set(ValueLayout.JAVA_INT, 112, fd));
            Kernel.Result result = Kernel.bpf(Kernel.PROG_LOAD, attribute);
            if (!result.failed()) {
                return new BpfProgram((int) result.value(), image.name(), image.hook(), image.code().size());
            }
            throw refusal(image, attribute, result.errno(), source);
        } finally {
            types.ifPresent(Kernel::close);
        }
    }

    private static MemorySegment attribute(Arena arena, Image image) {
        byte[] code = Instruction.encode(image.code(), ByteOrder.nativeOrder());
        MemorySegment instructions = arena.allocate(code.length, 8);
        MemorySegment.copy(code, 0, instructions, ValueLayout.JAVA_BYTE, 0, code.length);
        MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
        attribute.set(ValueLayout.JAVA_INT, 0, image.hook().programType());
        attribute.set(ValueLayout.JAVA_INT, 4, image.code().size());
        attribute.set(ValueLayout.JAVA_LONG, 8, instructions.address());
        attribute.set(ValueLayout.JAVA_LONG, 16, arena.allocateFrom(image.license()).address());
        attribute.set(ValueLayout.JAVA_INT, 40, image.kernelVersion());
        attribute.set(ValueLayout.JAVA_INT, 44, image.hook().sleepable() ? SLEEPABLE : 0);
        attribute.asSlice(48, 16).setString(0, BpfMap.kernelName(image.name()).replace('.', '_'));
        attribute.set(ValueLayout.JAVA_INT, 68, image.hook().attachType());
        attribute.set(ValueLayout.JAVA_INT, 108, image.target().type());
        return attribute;
    }

    // The log slows verification, so it is asked for only once the verifier has said no.
    private static BpfException.Refused refusal(Image image, MemorySegment attribute, int errno, Source source) {
        int last = errno;
        for (int bytes = FIRST_LOG_BYTES; bytes <= LAST_LOG_BYTES; bytes *= 8) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment log = arena.allocate(bytes);
                attribute.set(ValueLayout.JAVA_INT, 24, 1);
                attribute.set(ValueLayout.JAVA_INT, 28, bytes);
                attribute.set(ValueLayout.JAVA_LONG, 32, log.address());
                Kernel.Result result = Kernel.bpf(Kernel.PROG_LOAD, attribute);
                if (!result.failed()) {
                    Kernel.close((int) result.value());
                }
                last = result.errno() == Kernel.ENOSPC ? last : errno;
                String text = log.getString(0);
                if (result.errno() != Kernel.ENOSPC || bytes * 8 > LAST_LOG_BYTES) {
                    return new BpfException.Refused(says(image, new VerifierLog(text), last, source), last);
                }
            }
        }
        throw new IllegalStateException("a log of at least " + FIRST_LOG_BYTES + " bytes is always tried");
    }

    private static String says(Image image, VerifierLog log, int errno, Source source) {
        StringBuilder says = new StringBuilder("program " + image.name() + " was refused: " + Kernel.describe(errno));
        if (log.text().isBlank() && errno == Kernel.EPERM) {
            return says.append(Kernel.remedy(errno)).toString();
        }
        if (log.text().isBlank()) {
            return says.append("; the verifier gave no reason: program type ").append(image.hook().programType())
                    .append(" or its hook may be missing in this kernel").toString();
        }
        says.append("\n  the verifier says: ").append(log.complaint());
        log.instruction().ifPresent(i -> says.append("\n  about instruction ").append(i).append(source.line(i)));
        log.context().forEach(line -> says.append("\n    ").append(line));
        return says.toString();
    }

    /** Its name in the object. */
    public String name() {
        return name;
    }

    /** How many instructions the verifier was given. */
    public int instructions() {
        return instructions;
    }

    int descriptor() {
        return descriptor;
    }

    Hook hook() {
        return hook;
    }

    /** Keeps the program in the BPF file system after this process has ended. */
    public void pin(Path path) {
        Pins.pin(descriptor, path, "program " + name);
    }

    /** How often a program ran, and how long in all; the kernel counts only while {@link #countCosts} is open. */
    record Cost(long runs, long nanos) {}

    private static final int INFO_BYTES = 208;

    /** Makes the kernel time programs until closed (BPF_ENABLE_STATS), which itself costs two clock reads a run. */
    static BpfLink countCosts() {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) Kernel.bpf(Kernel.ENABLE_STATISTICS, arena.allocate(Kernel.ATTRIBUTE_BYTES, 8)).orRefuse(
                    "timing programs");
            return new BpfLink("timing of programs", List.of(fd));
        }
    }

    /** What the kernel counted (struct bpf_prog_info: run_time_ns at byte 192, run_cnt at 200). */
    Cost cost() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = Pins.info(arena, descriptor, INFO_BYTES, "reading the cost of program " + name);
            return new Cost(info.get(ValueLayout.JAVA_LONG, 200), info.get(ValueLayout.JAVA_LONG, 192));
        }
    }

    /** What a test run answered. */
    public record TestRun(int result, long nanos) {}

    /**
     * Runs the program once, or {@code repeat} times, on {@code data} as its packet (BPF_PROG_TEST_RUN).
     *
     * @throws BpfException.Refused where its type cannot be run so
     */
    public TestRun run(byte[] data, int repeat) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
            attribute.set(ValueLayout.JAVA_INT, 0, descriptor);
            if (data.length > 0) {
                MemorySegment in = arena.allocate(data.length, 8);
                MemorySegment.copy(data, 0, in, ValueLayout.JAVA_BYTE, 0, data.length);
                attribute.set(ValueLayout.JAVA_INT, 8, data.length);
                attribute.set(ValueLayout.JAVA_LONG, 16, in.address());
                attribute.set(ValueLayout.JAVA_INT, 32, repeat);
            }
            Kernel.bpf(Kernel.PROG_TEST_RUN, attribute).orRefuse("running program " + name);
            return new TestRun(attribute.get(ValueLayout.JAVA_INT, 4), attribute.get(ValueLayout.JAVA_INT, 36));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Kernel.close(descriptor);
        }
    }
}
