package dev.assay.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the code of one thread, access by access, in the language of an architecture. */
abstract sealed class ThreadWriter permits X86Writer, Arm64Writer, RiscvWriter, JavaWriter {
    private final List<String> lines = new ArrayList<>();
    private final List<String> initial = new ArrayList<>();
    private int labels;
    private String status;

    static ThreadWriter of(Architecture architecture) {
        return switch (architecture) {
            case X86_64, X86 -> new X86Writer();
            case AARCH64 -> new Arm64Writer();
            case RISCV -> new RiscvWriter();
            case JAVA -> new JavaWriter();
        };
    }

    /** The instructions so far. */
    final List<String> lines() {
        return lines;
    }

    /** The registers that the initial state sets, as {@code X1=x}. */
    final List<String> initial() {
        return initial;
    }

    final void line(String line) {
        lines.add(line);
    }

    final void set(String register, String value) {
        initial.add(register + "=" + value);
    }

    final String newLabel() {
        return "L" + labels++;
    }

    /**
     * A read.
     *
     * @param edge the step that leads here inside the thread, or null at its start
     * @param source the register of the access where the step starts, when that is a read
     * @return the canonical name of the register that is read into
     */
    abstract String read(Edge edge, String source, String location, String mode);

    /** A write, likewise. */
    abstract void write(Edge edge, String source, String location, int value, String mode);

    /**
     * What an atomic update finds and writes.
     *
     * @param found the value that it must find
     * @param written the value that it writes then
     * @param readMode the annotation of its read
     * @param writeMode the annotation of its write
     */
    record Update(int found, int written, String readMode, String writeMode) {}

    /**
     * An atomic update.
     *
     * @param kind which
     * @param edge the step that leads here inside the thread, or null at its start
     * @param source the register of the access where that step starts, when that is a read
     * @return the canonical name of the register that is read into
     */
    abstract String update(Edge kind, Edge edge, String source, String location, Update update);

    /** The register that is 0 when the last update was made, where updates may fail; it is told once. */
    final Optional<String> status() {
        Optional<String> told = Optional.ofNullable(status);
        status = null;
        return told;
    }

    final void setStatus(String register) {
        status = register;
    }

    /** Fences and branches of the step, which stand before the access. */
    abstract void between(Edge edge, String source);
}
