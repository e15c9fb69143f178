package dev.assay.bpf;

import java.util.List;
import java.util.OptionalInt;

/** The programs of each observer. The tracepoints are BTF-typed, so tracefs need not be mounted. */
final class ObserverPrograms {
    private static final long FUTEX = System.getProperty("os.arch").contains("aarch64") ? 98 : 202;

    private final Btf kernel;
    private final LatencyTables tables;
    private final OptionalInt process;
    private final CoreClasses classes;

    ObserverPrograms(Btf kernel, LatencyTables tables, OptionalInt process, CoreClasses classes) {
        this.kernel = kernel;
        this.tables = tables;
        this.process = process;
        this.classes = classes;
    }

    List<ProgramBuilder> of(ObserverKind kind) {
        return switch (kind) {
            case RUNQLAT -> List.of(wakeup("sched_wakeup"), wakeup("sched_wakeup_new"), runSwitch());
            case OFFCPU -> List.of(offSwitch());
            case SYSCALLS -> List.of(callEnter(false), callExit());
            case FUTEX -> List.of(callEnter(true), callExit());
            case FAULTS -> List.of(fault());
            case BLOCKIO -> List.of(blockIssue(), blockComplete());
            case RETRANSMITS -> List.of(retransmit());
            case OOM -> throw new IllegalArgumentException("OOM kills are events, see OomWatch");
        };
    }

    private ProgramBuilder begin(String name, String tracepoint) {
        return new ProgramBuilder(name, "tp_btf/" + tracepoint, kernel);
    }

    private static void end(ProgramBuilder b) {
        if (b.jumpsTo("none") || !b.jumpsTo("out")) {
            b.label("none").move(Register.R0, 0).exit();
        }
    }

    /** Goes on only for the process that is watched; {@code task} points to a task_struct. */
    private void onlyTask(ProgramBuilder b, Register task, String otherwise) {
        process.ifPresent(p -> b.field(Register.R1, task, "task_struct", "tgid").jump(Condition.NOT_EQUAL, Register.R1,
                p, otherwise));
    }

    /** R8 = process and thread of the caller; goes on only for the process that is watched. */
    private void onlyCaller(ProgramBuilder b) {
        b.call(HelperFunction.PROCESS_AND_THREAD).move(Register.R8, Register.R0);
        process.ifPresent(p -> b.move(Register.R1, Register.R8).compute(ProgramBuilder.Operation.SHIFT_RIGHT,
                Register.R1, 32).jump(Condition.NOT_EQUAL, Register.R1, p, "none"));
    }

    private static void callerIntoKey(ProgramBuilder b) {
        b.store(Register.R10, LatencyTables.THREAD, 4, Register.R8).move(Register.R1, Register.R8);
        b.compute(ProgramBuilder.Operation.SHIFT_RIGHT, Register.R1, 32).store(Register.R10, LatencyTables.PROCESS, 4,
                Register.R1);
    }

    private ProgramBuilder wakeup(String tracepoint) {
        ProgramBuilder b = begin(tracepoint, tracepoint).load(Register.R6, 8, Register.R1, 0);
        onlyTask(b, Register.R6, "none");
        b.field(Register.R8, Register.R6, "task_struct", "pid").store(Register.R10, LatencyTables.DETAIL_STORED, 8, 0);
        tables.begin(b, Register.R8);
        end(b);
        return b;
    }

    /** Kernels since 5.14 say __state. */
    private String state() {
        int task = kernel.find("task_struct", false)[0];
        return TypeQuery.fieldNames(kernel, task).contains("__state") ? "__state" : "state";
    }

    private ProgramBuilder runSwitch() {
        ProgramBuilder b = begin("run_switch", "sched_switch").load(Register.R6, 8, Register.R1, 8).load(Register.R9, 8,
                Register.R1, 16);
        // A task that leaves while runnable was preempted and waits from now on.
        b.field(Register.R1, Register.R6, "task_struct", state()).jump(Condition.NOT_EQUAL, Register.R1, 0, "next");
        onlyTask(b, Register.R6, "next");
        b.field(Register.R8, Register.R6, "task_struct", "pid").jump(Condition.EQUAL, Register.R8, 0, "next");
        b.store(Register.R10, LatencyTables.DETAIL_STORED, 8, 0);
        tables.begin(b, Register.R8);
        b.label("next");
        nextArrives(b, true);
        return b;
    }

    private ProgramBuilder offSwitch() {
        ProgramBuilder b = begin("off_switch", "sched_switch").load(Register.R6, 8, Register.R1, 8).load(Register.R9, 8,
                Register.R1, 16);
        b.field(Register.R1, Register.R6, "task_struct", state()).jump(Condition.EQUAL, Register.R1, 0, "next");
        b.store(Register.R10, LatencyTables.DETAIL_STORED, 8, Register.R1);
        onlyTask(b, Register.R6, "next");
        b.field(Register.R8, Register.R6, "task_struct", "pid");
        tables.begin(b, Register.R8);
        b.label("next");
        nextArrives(b, false);
        return b;
    }

    /** R9 begins to run; what it waited for is counted. */
    private void nextArrives(ProgramBuilder b, boolean byClass) {
        b.field(Register.R8, Register.R9, "task_struct", "pid").jump(Condition.EQUAL, Register.R8, 0, "none");
        onlyTask(b, Register.R9, "none");
        tables.elapsed(b, Register.R8, "none");
        b.store(Register.R10, LatencyTables.THREAD, 4, Register.R8);
        b.field(Register.R1, Register.R9, "task_struct", "tgid").store(Register.R10, LatencyTables.PROCESS, 4,
                Register.R1);
        if (byClass) {
            classes.intoDetail(b);
        }
        tables.recordAndExit(b);
        end(b);
    }

    private ProgramBuilder callEnter(boolean futexOnly) {
        ProgramBuilder b = begin("call_enter", "sys_enter").load(Register.R7, 8, Register.R1, 8);
        if (futexOnly) {
            b.jump(Condition.NOT_EQUAL, Register.R7, (int) FUTEX, "none");
        }
        onlyCaller(b);
        b.store(Register.R10, LatencyTables.DETAIL_STORED, 8, Register.R7);
        tables.begin(b, Register.R8);
        end(b);
        return b;
    }

    private ProgramBuilder callExit() {
        ProgramBuilder b = begin("call_exit", "sys_exit");
        onlyCaller(b);
        tables.elapsed(b, Register.R8, "none");
        callerIntoKey(b);
        tables.recordAndExit(b);
        end(b);
        return b;
    }

    private ProgramBuilder fault() {
        ProgramBuilder b = begin("fault", "page_fault_user");
        onlyCaller(b);
        tables.sinceLast(b, Register.R8);
        callerIntoKey(b);
        b.store(Register.R10, LatencyTables.DETAIL, 4, 0);
        tables.recordAndExit(b);
        end(b);
        return b;
    }

    private ProgramBuilder blockIssue() {
        ProgramBuilder b = begin("block_issue", "block_rq_issue").load(Register.R6, 8, Register.R1, 0);
        onlyCaller(b);
        b.store(Register.R10, LatencyTables.DETAIL_STORED, 8, Register.R8);
        tables.begin(b, Register.R6);
        end(b);
        return b;
    }

    // Completion comes in another thread's time or none's: who issued it was remembered as the detail.
    private ProgramBuilder blockComplete() {
        ProgramBuilder b = begin("block_complete", "block_rq_complete").load(Register.R6, 8, Register.R1, 0);
        tables.elapsed(b, Register.R6, "none");
        b.load(Register.R8, 8, Register.R10, LatencyTables.DETAIL_STORED);
        callerIntoKey(b);
        b.store(Register.R10, LatencyTables.DETAIL, 4, 0);
        tables.recordAndExit(b);
        end(b);
        return b;
    }

    private ProgramBuilder retransmit() {
        ProgramBuilder b = begin("retransmit", "tcp_retransmit_skb").load(Register.R6, 8, Register.R1, 0);
        b.field(Register.R9, Register.R6, "sock", "__sk_common.skc_dport");
        tables.sinceLast(b, Register.R6);
        b.store(Register.R10, LatencyTables.THREAD, 4, 0).store(Register.R10, LatencyTables.PROCESS, 4, 0);
        b.store(Register.R10, LatencyTables.DETAIL, 4, Register.R9);
        tables.recordAndExit(b);
        return b;
    }
}
