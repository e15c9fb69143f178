package dev.assay.scan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A plain long or double that one thread writes and others read. */
final class PlainSharedWide implements HazardRule {
    private static final Rule RULE = new Rule("hazard.plain-shared-64-bit", Severity.WARNING, Confidence.HIGH,
            "A plain 64-bit field is written by a thread's body and read by others",
            "A long or double that is neither volatile nor final is written, without a lock, in the body of a Runnable, Callable,"
                    + " Thread or task lambda (or in private methods of it), and read without a lock by a method that"
                    + " others call. Medium confidence where the object is neither the task nor the one around it, or where the"
                    + " reader is neither an accessor nor public.",
            "Nothing orders the write before the read: a weakly ordered processor may show it late or before what was written"
                    + " earlier, the compiler may keep it in a register, and on 32-bit machines the two halves may come from"
                    + " different writes (JLS 17.7).",
            "long done; public void run() { done++; } long done() { return done; }",
            "volatile long done; or a VarHandle with setRelease and getAcquire",
            "Make the field volatile or an AtomicLong, or read and write it under one lock.");
    /** Called by whoever holds the object, most often the thread that owns it, or for diagnosis. */
    private static final Set<String> OWN_USE = Set.of("toString", "compareTo", "equals", "hashCode");
    private static final Set<String> WAITS = Set.of("join", "await", "get", "invokeAll", "awaitTermination", "acquire");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        Set<String> bodies = nest.threadBodies();
        if (bodies.isEmpty()) {
            return;
        }
        List<ClassView.Method> methods = nest.methods().toList();
        Set<String> said = new HashSet<>();
        for (ClassView.Method writer : methods) {
            if (!bodies.contains(writer.id())) {
                continue;
            }
            for (Insn write : writer.code()) {
                if (!write.writes() || said.contains(write.field()) || nest.guarded(writer, write) || local(write)) {
                    continue;
                }
                nest.field(write).filter(field -> field.wide() && !field.isVolatile() && !field.isFinal())
                        .ifPresent(field -> methods.stream().filter(reader -> !bodies.contains(reader.id()))
                                .filter(reader -> !reader.initialises() && !reader.isPrivate()
                                        && !reader.name().contains("$"))
                                .filter(reader -> !OWN_USE.contains(reader.name()))
                                .filter(reader -> reads(nest, reader, write))
                                .findFirst().filter(_ -> said.add(write.field()))
                                .ifPresent(reader -> report.add(
                                        own(write) && others(reader, write) ? Confidence.HIGH : Confidence.MEDIUM,
                                        writer.at(write), field.name()
                                                + " is a plain " + (field.desc().equals("J") ? "long" : "double")
                                                + ", written here by a thread's body and read by " + reader.name()
                                                + "()")));
            }
        }
    }

    /** An accessor, or a public method that only reads: what else reads it may well run in the same thread. */
    private static boolean others(ClassView.Method reader, Insn write) {
        boolean accessor = reader.code().stream().noneMatch(insn -> insn.invokes() || insn.conditional());
        boolean writesToo = reader.code().stream()
                .anyMatch(insn -> insn.writes() && insn.field().equals(write.field()));
        return !writesToo && (accessor || reader.isPublic());
    }

    /** A field of the task itself, of the object around it, or of the class; other objects may be handed over safely. */
    private static boolean own(Insn write) {
        return write.op == Op.PUTSTATIC || write.receiver().key().equals("this")
                || write.receiver().key().startsWith("this.this$") || write.receiver().key().equals("p0");
    }

    /** A field of an object that this method made is not shared yet. */
    static boolean local(Insn write) {
        Insn made = write.receiver().from();
        return write.op == Op.PUTFIELD && made != null && made.op == Op.NEW;
    }

    private static boolean reads(Nest nest, ClassView.Method reader, Insn write) {
        for (Insn insn : reader.code()) {
            if (insn.invokes() && WAITS.contains(insn.name)) {
                return false;
            }
            if (insn.reads() && insn.field().equals(write.field()) && !nest.guarded(reader, insn)) {
                return true;
            }
        }
        return false;
    }
}
