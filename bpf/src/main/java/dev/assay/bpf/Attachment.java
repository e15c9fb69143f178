package dev.assay.bpf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts programs in their place, each way as the kernel wants it. */
final class Attachment {
    private static final List<Path> TRACEFS = List.of(Path.of("/sys/kernel/tracing"), Path.of(
            "/sys/kernel/debug/tracing"));
    private static final int PERF_TRACEPOINT = 2;
    private static final int PERF_SOFTWARE = 1;
    private static final long SET_BPF = 0x40042408;
    private static final long ENABLE = 0x2400;
    private static final int PERF_ATTRIBUTE_BYTES = 136;
    /** Close on exec (PERF_FLAG_FD_CLOEXEC). */
    private static final long CLOSE_ON_EXEC = 8;

    private static final int AF_INET = 2;
    private static final int AF_PACKET = 17;
    private static final int SOCK_DATAGRAM = 2;
    private static final int SOCK_RAW = 3;
    /** ETH_P_ALL in network order. */
    private static final int ALL_PROTOCOLS = 0x0300;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_BPF = 50;

    private Attachment() {}

    static BpfLink attach(BpfProgram program) {
        return attach(program, program.hook().target());
    }

    /** Attaches to {@code target} in place of what the section names. */
    static BpfLink attach(BpfProgram program, String target) {
        Hook hook = program.hook();
        return switch (hook.way()) {
            case RAW_TRACEPOINT -> rawTracepoint(program, Optional.of(target));
            case BTF -> rawTracepoint(program, Optional.empty());
            case TRACEPOINT -> tracepoint(program, target);
            case KPROBE -> probe(program, "kprobe", false, target, 0);
            case KRETPROBE -> probe(program, "kprobe", true, target, 0);
            case UPROBE -> uprobe(program, false, target);
            case URETPROBE -> uprobe(program, true, target);
            case PERF_EVENT -> everyProcessor(program, target.isEmpty() ? 1_000_000 : Long.parseLong(target));
            case XDP -> link(program, "interface " + target, interfaceIndex(target), List.of());
            case CGROUP -> cgroup(program, Path.of("/sys/fs/cgroup"));
            case SOCKET -> ownSocket(program);
            case NONE -> throw new BpfException.Unsupported("program " + program.name()
                    + " has no place of its own to run: its section names none that can be attached without a "
                    + "caller; it can be loaded, pinned and run on data");
        };
    }

    private static BpfLink rawTracepoint(BpfProgram program, Optional<String> name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
            name.ifPresent(n -> attribute.set(ValueLayout.JAVA_LONG, 0, arena.allocateFrom(n).address()));
            attribute.set(ValueLayout.JAVA_INT, 8, program.descriptor());
            String where = name.orElse(program.hook().target());
            long fd = Kernel.bpf(Kernel.RAW_TRACEPOINT_OPEN, attribute).orRefuse("attaching " + program.name() + " to "
                    + where);
            return new BpfLink(where, List.of((int) fd));
        }
    }

    private static BpfLink link(BpfProgram program, String where, int target, List<Integer> alsoClose) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(Kernel.ATTRIBUTE_BYTES, 8);
            attribute.set(ValueLayout.JAVA_INT, 0, program.descriptor());
            attribute.set(ValueLayout.JAVA_INT, 4, target);
            attribute.set(ValueLayout.JAVA_INT, 8, program.hook().attachType());
            Kernel.Result result = Kernel.bpf(Kernel.LINK_CREATE, attribute);
            if (result.failed()) {
                alsoClose.forEach(Kernel::close);
            }
            List<Integer> all = new ArrayList<>(alsoClose);
            all.add((int) result.orRefuse("attaching " + program.name() + " to " + where));
            return new BpfLink(where, all);
        }
    }

    private static int interfaceIndex(String name) {
        try {
            return Integer.parseInt(Files.readString(Path.of("/sys/class/net/" + name + "/ifindex")).strip());
        } catch (IOException | NumberFormatException e) {
            throw new BpfException.NotFound("there is no network interface \"" + name + "\"; see ls /sys/class/net", e);
        }
    }

    static BpfLink cgroup(BpfProgram program, Path group) {
        int directory = (int) Kernel.open(group.toString(), 0).orRefuse("opening cgroup " + group);
        return link(program, "cgroup " + group + " (which must be a folder of cgroup v2)", directory,
                List.of(directory));
    }

    /**
     * Filters what arrives at a socket of one's own: every protocol on every interface (packet(7)), or where that is not
     * allowed datagrams to a local port. The socket is closed with the link.
     */
    private static BpfLink ownSocket(BpfProgram program) {
        Kernel.Result packets = Kernel.socket(AF_PACKET, SOCK_RAW, ALL_PROTOCOLS);
        boolean all = !packets.failed();
        int socket = (int) (all ? packets : Kernel.socket(AF_INET, SOCK_DATAGRAM, 0)).orRefuse("opening a socket for "
                + program.name());
        Kernel.Result set = Kernel.socketOption(socket, SOL_SOCKET, SO_ATTACH_BPF, program.descriptor());
        if (set.failed()) {
            Kernel.close(socket);
        }
        set.orRefuse("attaching " + program.name() + " to a socket");
        return new BpfLink(all ? "a packet socket on every interface" : "a datagram socket", List.of(socket));
    }

    private static BpfLink tracepoint(BpfProgram program, String name) {
        IOException last = null;
        for (Path root : TRACEFS) {
            try {
                long id = Long.parseLong(Files.readString(root.resolve("events").resolve(name).resolve("id")).strip());
                return perfEvent(program, "tracepoint " + name, PERF_TRACEPOINT, id, 0, 0, 0, 0);
            } catch (IOException | NumberFormatException e) {
                last = e instanceof IOException io ? io : last;
            }
        }
        throw new BpfException.Refused("tracepoint " + name + " has no id under " + TRACEFS
                + ": it does not exist, or tracefs is not mounted (mount -t tracefs none /sys/kernel/tracing), or is not "
                + "readable: " + last, Kernel.ENOENT);
    }

    private static int pmu(String name) {
        Path type = Path.of("/sys/bus/event_source/devices/" + name + "/type");
        try {
            return Integer.parseInt(Files.readString(type).strip());
        } catch (IOException | NumberFormatException e) {
            throw new BpfException.Refused("this kernel has no " + name + "s: " + type + " is not there (CONFIG_"
                    + (name.equals("kprobe") ? "KPROBES" : "UPROBES") + ")", Kernel.ENOENT);
        }
    }

    private static BpfLink probe(BpfProgram program, String pmu, boolean onReturn, String name, long offset) {
        int type = pmu(pmu);
        try (Arena arena = Arena.ofConfined()) {
            return perfEvent(program, (onReturn ? "return of " : "") + name, type, onReturn ? 1 : 0, arena.allocateFrom(
                    name).address(), offset, -1, 0);
        }
    }

    private static BpfLink uprobe(BpfProgram program, boolean onReturn, String target) {
        int colon = target.lastIndexOf(':');
        if (colon < 1) {
            throw new BpfException.Malformed("a uprobe names FILE:FUNCTION or FILE:OFFSET, not \"" + target + "\"");
        }
        Path file = Path.of(target.substring(0, colon));
        String place = target.substring(colon + 1);
        long offset = place.startsWith("0x")
                ? Long.parseLong(place.substring(2), 16)
                : place.chars().allMatch(Character::isDigit)
                        ? Long.parseLong(place)
                        : SymbolOffset.of(file, place);
        return probe(program, "uprobe", onReturn, file.toString(), offset);
    }

    private static BpfLink everyProcessor(BpfProgram program, long period) {
        List<Integer> descriptors = new ArrayList<>();
        try {
            for (int processor = 0; processor < Processors.online(); processor++) {
                descriptors.add(open(program, "processor " + processor, PERF_SOFTWARE, 0, 0, 0, processor, period));
            }
        } catch (BpfException e) {
            descriptors.forEach(Kernel::close);
            throw e;
        }
        return new BpfLink("cpu-clock on every processor", descriptors);
    }

    private static BpfLink perfEvent(BpfProgram program, String where, int type, long config, long config1,
            long config2, int process, long period) {
        return new BpfLink(where, List.of(open(program, where, type, config, config1, config2, 0, period)));
    }

    private static int open(BpfProgram program, String where, int type, long config, long config1, long config2,
            int processor, long period) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(PERF_ATTRIBUTE_BYTES, 8);
            attribute.set(ValueLayout.JAVA_INT, 0, type);
            attribute.set(ValueLayout.JAVA_INT, 4, PERF_ATTRIBUTE_BYTES);
            attribute.set(ValueLayout.JAVA_LONG, 8, config);
            attribute.set(ValueLayout.JAVA_LONG, 16, period == 0 ? 1 : period);
            attribute.set(ValueLayout.JAVA_LONG, 56, config1);
            attribute.set(ValueLayout.JAVA_LONG, 64, config2);
            int fd = (int) Kernel.perfEventOpen(attribute, -1, processor, -1, CLOSE_ON_EXEC).orRefuse("opening " + where
                    + " for " + program.name());
            Kernel.Result set = Kernel.ioctl(fd, SET_BPF, program.descriptor());
            Kernel.Result enable = set.failed() ? set : Kernel.ioctl(fd, ENABLE, 0);
            if (enable.failed()) {
                Kernel.close(fd);
            }
            enable.orRefuse("attaching " + program.name() + " to " + where);
            return fd;
        }
    }
}
