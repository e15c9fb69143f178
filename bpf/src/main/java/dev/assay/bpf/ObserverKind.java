package dev.assay.bpf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be watched, ready to use. */
public enum ObserverKind {
    /** From runnable to running, by thread and core class. */
    RUNQLAT("time from runnable to running", "core class"),
    /** From leaving a processor, not by preemption, to running again. */
    OFFCPU("time blocked, from leaving a processor to running again", "task state"),
    /** System calls by number. */
    SYSCALLS("time in system calls", "system call"),
    /** Page faults of user code; the histogram is of the time since the thread's previous fault. */
    FAULTS("page faults, and the time since the thread's previous one", ""),
    /** The futex system call. */
    FUTEX("time in futex(2)", ""),
    /** Block requests from issue to completion. */
    BLOCKIO("time of block requests, from issue to completion", ""),
    /** Segments sent again; the histogram is of the time since the socket's previous one. */
    RETRANSMITS("TCP segments sent again, and the time since the socket's previous one", "remote port"),
    /** Processes that the kernel ends for memory. */
    OOM("processes ended for lack of memory", "");

    private final String question;
    private final String detail;

    ObserverKind(String question, String detail) {
        this.question = question;
        this.detail = detail;
    }

    /** What is measured, in words. */
    public String question() {
        return question;
    }

    /** What the detail of a row is, empty where rows have none. */
    public String detail() {
        return detail;
    }

    /** The name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this name. */
    public static Optional<ObserverKind> of(String word) {
        return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst();
    }
}
