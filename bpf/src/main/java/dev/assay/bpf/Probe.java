package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What this kernel allows, found by trying: for each way to attach, a small program is loaded and put in its place. */
public final class Probe {
    private static final Map<String, String> WAYS = new TreeMap<>(Map.ofEntries(Map.entry("raw tracepoint",
            "raw_tracepoint/sched_switch"), Map.entry("BTF-typed tracepoint", "tp_btf/sched_switch"),
            Map.entry(
                    "tracepoint", "tracepoint/sched/sched_switch"),
            Map.entry("kprobe", "kprobe/do_exit"), Map.entry(
                    "kretprobe", "kretprobe/do_exit"),
            Map.entry("uprobe",
                    "uprobe//proc/self/exe:0x1000"),
            Map.entry("function entry (fentry)",
                    "fentry/do_exit"),
            Map.entry("function exit (fexit)",
                    "fexit/handle_mm_fault"),
            Map.entry("LSM",
                    "lsm/file_open"),
            Map.entry("perf event",
                    "perf_event"),
            Map.entry("XDP on lo",
                    "xdp/lo"),
            Map.entry("cgroup egress",
                    "cgroup_skb/egress"),
            Map.entry(
                    "socket filter", "socket"),
            Map.entry("traffic control", "tc")));

    private Probe() {}

    /** Whether a way to attach works, with the kernel's reason where not. */
    public sealed interface Answer {
        /** The way, in words. */
        String way();

        /** What was said. */
        String says();

        record Supported(String way, String says) implements Answer {}

        record Unsupported(String way, String says) implements Answer {}

        record CouldNotAsk(String way, String says) implements Answer {}
    }

    /** Tries every way; each program is removed again at once. */
    public static List<Answer> all() {
        List<Answer> answers = new ArrayList<>();
        if (!BtfFile.kernelAvailable()) {
            WAYS.keySet().forEach(w -> answers.add(new Answer.CouldNotAsk(w, "this kernel shows no types")));
            return answers;
        }
        Btf kernel = BtfFile.kernel();
        WAYS.forEach((way, section) -> answers.add(attempt(way, section, kernel)));
        // Where other programs load, permission is not what is missing.
        boolean some = answers.stream().anyMatch(a -> a instanceof Answer.Supported);
        answers.replaceAll(a -> some && a instanceof Answer.CouldNotAsk
                ? new Answer.Unsupported(a.way(),
                        "the kernel refuses this type although it loads others (errno 1): configuration or policy")
                : a);
        return answers;
    }

    private static Answer attempt(String way, String section, Btf kernel) {
        try (BpfProgram program = new ProgramBuilder("probe", section, kernel).move(Register.R0, section.startsWith(
                "xdp") ? 2 : section.startsWith("cgroup") ? 1 : 0).exit().load()) {
            if (program.hook().way() == Hook.Way.NONE) {
                return new Answer.Supported(way, "loads; it is attached to a queue of its user");
            }
            try (BpfLink link = Attachment.attach(program)) {
                return new Answer.Supported(way, "attached to " + link.where());
            }
        } catch (BpfException e) {
            boolean permission = e instanceof BpfException.Refused refused && refused.errno() == Kernel.EPERM;
            String says = e.getMessage().lines().findFirst().orElse("");
            return permission ? new Answer.CouldNotAsk(way, says) : new Answer.Unsupported(way, says);
        }
    }
}
