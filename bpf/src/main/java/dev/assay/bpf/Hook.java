package dev.assay.bpf;

import java.util.Optional;

/**
 * Where a program runs, as its section names it ({@code tp_btf/sched_switch}); numbers are those of bpf.h.
 *
 * @param programType enum bpf_prog_type
 * @param attachType enum bpf_attach_type, 0 where the kernel wants none
 * @param target what follows the slash
 * @param sleepable whether it may wait for memory, as {@code .s} behind the first word says it
 */
record Hook(Way way, int programType, int attachType, String target, boolean sleepable) {
    /** How a program is put in its place. */
    enum Way {
        RAW_TRACEPOINT, BTF, TRACEPOINT, KPROBE, KRETPROBE, UPROBE, URETPROBE, PERF_EVENT, SOCKET, XDP, CGROUP, NONE
    }

    static final int SOCKET_FILTER = 1;
    static final int KPROBE_TYPE = 2;
    static final int TRACEPOINT_TYPE = 5;
    static final int XDP_TYPE = 6;
    static final int PERF_EVENT_TYPE = 7;
    static final int CGROUP_SKB = 8;
    static final int RAW_TRACEPOINT_TYPE = 17;
    static final int TRACING = 26;
    static final int LSM = 29;
    static final int SYSCALL = 31;
    static final int TRACE_RAW_TP = 23;
    static final int FENTRY = 24;
    static final int FEXIT = 25;
    static final int MODIFY_RETURN = 26;
    static final int LSM_MAC = 27;
    static final int ITER = 28;
    static final int XDP_ATTACH = 37;

    private Hook(Way way, int programType, int attachType, String target) {
        this(way, programType, attachType, target, false);
    }

    /** The hook of a section, or nothing where the name is not known. */
    static Optional<Hook> of(String section) {
        String name = section.startsWith("?") ? section.substring(1) : section;
        int slash = name.indexOf('/');
        String prefix = slash < 0 ? name : name.substring(0, slash);
        String target = slash < 0 ? "" : name.substring(slash + 1);
        if (prefix.endsWith(".s")) {
            return of(prefix.substring(0, prefix.length() - 2) + "/" + target).filter(Hook::maySleep).map(
                    h -> new Hook(h.way, h.programType, h.attachType, target, true));
        }
        return Optional.ofNullable(switch (prefix) {
            case "raw_tracepoint", "raw_tp" -> new Hook(Way.RAW_TRACEPOINT, RAW_TRACEPOINT_TYPE, 0, target);
            case "tp_btf" -> new Hook(Way.BTF, TRACING, TRACE_RAW_TP, target);
            case "fentry" -> new Hook(Way.BTF, TRACING, FENTRY, target);
            case "fexit" -> new Hook(Way.BTF, TRACING, FEXIT, target);
            case "fmod_ret" -> new Hook(Way.BTF, TRACING, MODIFY_RETURN, target);
            case "lsm" -> new Hook(Way.BTF, LSM, LSM_MAC, target);
            case "iter" -> new Hook(Way.NONE, TRACING, ITER, target);
            case "tracepoint", "tp" -> new Hook(Way.TRACEPOINT, TRACEPOINT_TYPE, 0, target);
            case "kprobe", "ksyscall" -> new Hook(Way.KPROBE, KPROBE_TYPE, 0, target);
            case "kretprobe", "kretsyscall" -> new Hook(Way.KRETPROBE, KPROBE_TYPE, 0, target);
            case "uprobe" -> new Hook(Way.UPROBE, KPROBE_TYPE, 0, target);
            case "uretprobe" -> new Hook(Way.URETPROBE, KPROBE_TYPE, 0, target);
            case "perf_event" -> new Hook(Way.PERF_EVENT, PERF_EVENT_TYPE, 0, target);
            case "socket" -> new Hook(Way.SOCKET, SOCKET_FILTER, 0, target);
            case "xdp" -> new Hook(Way.XDP, XDP_TYPE, XDP_ATTACH, target);
            case "cgroup_skb" -> new Hook(Way.CGROUP, CGROUP_SKB, target.equals("egress") ? 1 : 0, target);
            case "tc", "classifier" -> new Hook(Way.NONE, 3, 0, target);
            case "syscall" -> new Hook(Way.NONE, SYSCALL, 0, target);
            default -> null;
        });
    }

    private boolean maySleep() {
        return way == Way.BTF && attachType != TRACE_RAW_TP || attachType == ITER || way == Way.UPROBE
                || way == Way.URETPROBE || programType == SYSCALL;
    }

    /** Whether the verifier checks the program against a type or function of the kernel. */
    boolean typed() {
        return way == Way.BTF || attachType == ITER;
    }

    /** The name of that type or function. */
    String typeName() {
        return switch (attachType) {
            case TRACE_RAW_TP -> "btf_trace_" + target;
            case LSM_MAC -> "bpf_lsm_" + target;
            case ITER -> "bpf_iter_" + target;
            default -> target;
        };
    }

    /** Its kind. */
    Kind typeKind() {
        return attachType == TRACE_RAW_TP ? Kind.TYPEDEF : Kind.FUNC;
    }
}
