package dev.assay.litmus;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a cycle, from one access to the next.
 *
 * @param name the literature's name, for example {@code PodWR}, {@code Rfe}, {@code DpAddrdR}, {@code DMB.SYdWW}
 * @param kind what lies between the accesses
 * @param fence the fence, for FENCE
 * @param sameLocation whether both accesses are to one location
 * @param from R or W
 * @param to R or W
 */
record Edge(String name, Kind kind, String fence, boolean sameLocation, char from, char to) {
    /** What connects two accesses. */
    enum Kind {
        /** Read from another thread's write. */
        RFE,
        /** A read of something older than another thread's write. */
        FRE,
        /** Overwritten by another thread. */
        COE,
        /** The same inside a thread. */
        RFI, FRI, COI,
        /** Nothing but program order. */
        PO, FENCE, ADDR, DATA, CTRL,
        /** A control dependency and an instruction barrier. */
        CTRL_BARRIER,
        /** From the read to the write of an atomic update. */
        RMW
    }

    private static final Pattern PROGRAM = Pattern.compile("Po([sd])([RW])([RW])");
    private static final Pattern DEPENDENCY = Pattern.compile("Dp(Addr|Data|CtrlIsb|CtrlFenceI|Ctrl)([sd])([RW])");
    private static final Pattern FENCED = Pattern.compile("(.+?)([sd])([RW])([RW])");
    private static final List<String> ARM_FENCES = List.of("DMB.SY", "DMB.LD", "DMB.ST", "DSB.SY", "DSB.LD", "DSB.ST",
            "ISB");
    private static final List<String> JAVA_FENCES = List.of("FullFence", "AcquireFence", "ReleaseFence");

    /** Whether the next access is in another thread. */
    boolean isExternal() {
        return kind == Kind.RFE || kind == Kind.FRE || kind == Kind.COE;
    }

    /** Whether the step says who reads from or overwrites whom. */
    boolean isCommunication() {
        return isExternal() || kind == Kind.RFI || kind == Kind.FRI || kind == Kind.COI;
    }

    /** The edge of a name, if the architecture has it. */
    static Optional<Edge> named(Architecture architecture, String name) {
        Optional<Edge> communication = Optional.ofNullable(switch (name) {
            case "Rfe" -> new Edge(name, Kind.RFE, "", true, 'W', 'R');
            case "Fre" -> new Edge(name, Kind.FRE, "", true, 'R', 'W');
            case "Coe", "Wse" -> new Edge("Coe", Kind.COE, "", true, 'W', 'W');
            case "Rfi" -> new Edge(name, Kind.RFI, "", true, 'W', 'R');
            case "Fri" -> new Edge(name, Kind.FRI, "", true, 'R', 'W');
            case "Coi", "Wsi" -> new Edge("Coi", Kind.COI, "", true, 'W', 'W');
            default -> null;
        });
        if (communication.isPresent()) {
            return communication;
        }
        if (updates(architecture).contains(name)) {
            return Optional.of(new Edge(name, Kind.RMW, "", true, 'R', 'W'));
        }
        Matcher program = PROGRAM.matcher(name);
        if (program.matches()) {
            return Optional.of(new Edge(name, Kind.PO, "", program.group(1).equals("s"), program.group(2).charAt(0),
                    program.group(3).charAt(0)));
        }
        Matcher dependency = DEPENDENCY.matcher(name);
        if (dependency.matches()) {
            return dependency(architecture, name, dependency);
        }
        Matcher fenced = FENCED.matcher(name);
        if (fenced.matches() && hasFence(architecture, fenced.group(1))) {
            return Optional.of(new Edge(name, Kind.FENCE, fenced.group(1), fenced.group(2).equals("s"),
                    fenced.group(3).charAt(0), fenced.group(4).charAt(0)));
        }
        return Optional.empty();
    }

    private static Optional<Edge> dependency(Architecture architecture, String name, Matcher matcher) {
        char to = matcher.group(3).charAt(0);
        boolean same = matcher.group(2).equals("s");
        boolean arm = architecture == Architecture.AARCH64;
        boolean riscv = architecture == Architecture.RISCV;
        Kind kind = switch (matcher.group(1)) {
            case "Addr" -> Kind.ADDR;
            case "Data" -> Kind.DATA;
            case "Ctrl" -> Kind.CTRL;
            default -> Kind.CTRL_BARRIER;
        };
        boolean known = switch (matcher.group(1)) {
            case "CtrlIsb" -> arm;
            case "CtrlFenceI" -> riscv;
            case "Data" -> (arm || riscv) && to == 'W';
            default -> arm || riscv;
        };
        return known ? Optional.of(new Edge(name, kind, "", same, 'R', to)) : Optional.empty();
    }

    /** The atomic updates by name: exchange, exclusive pair, swap, compare-and-swap, add. */
    static List<String> updates(Architecture architecture) {
        return switch (architecture) {
            case X86_64, X86 -> List.of("Exch", "Rmw");
            case AARCH64 -> List.of("LxSx", "Rmw", "Amo.Swp", "Amo.Cas", "Amo.LdAdd");
            case RISCV -> List.of("Exch", "Rmw", "LxSx");
            case JAVA -> List.of("Exch", "Rmw", "Amo.Cas", "Amo.LdAdd");
        };
    }

    private static boolean hasFence(Architecture architecture, String fence) {
        return switch (architecture) {
            case X86_64, X86 -> fence.equals("MFence");
            case AARCH64 -> ARM_FENCES.contains(fence);
            case RISCV -> fence.matches("Fence\\.(r|w|rw)\\.(r|w|rw)") || fence.equals("Fence.tso");
            case JAVA -> JAVA_FENCES.contains(fence);
        };
    }

    /** How the step is called in a test's name: {@code po}, {@code dmb.sy}, {@code addr}. */
    String shortName() {
        String base = switch (kind) {
            case RMW -> name.startsWith("Amo") ? name.toLowerCase(java.util.Locale.ROOT) : "rmw";
            case RFE, FRE, COE, RFI, FRI, COI -> name.toLowerCase(java.util.Locale.ROOT);
            case PO -> "po";
            case FENCE -> fence.toLowerCase(java.util.Locale.ROOT);
            case ADDR -> "addr";
            case DATA -> "data";
            case CTRL -> "ctrl";
            case CTRL_BARRIER -> name.contains("Isb") ? "ctrlisb" : "ctrlfencei";
        };
        return sameLocation && !isCommunication() && kind != Kind.RMW ? base + "s" : base;
    }
}
