package dev.assay.machine;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The machine sheet: what a computer is, as read at one moment.
 *
 * <p>
 * Immutable and printable. Reading opens some tens of small files per processor and asks no other program; on a machine
 * with two processors it takes about 20 ms in a cold JVM.
 */
public record Machine(Architecture architecture, Processor processor, Features features, Topology topology,
        Caches caches, Memory memory, Kernel kernel, Virtualization virtualization, Energy energy, Devices devices,
        Limits limits, Activity activity) {
    /** This machine, now. */
    public static Machine read() {
        return read(Root.live());
    }

    /** The machine whose files are below {@code root}: this one or a saved one. */
    public static Machine read(Root root) {
        if (root.isLive() && !System.getProperty("os.name").equals("Linux")) {
            return Foreign.read(Root.of(Foreign.capture()), JvmFlags.ofThisJvm());
        }
        if (Foreign.describes(root)) {
            return Foreign.read(root, JvmFlags.elsewhere());
        }
        return linux(root, root.isLive() ? JvmFlags.ofThisJvm() : JvmFlags.elsewhere());
    }

    static Machine linux(Root root, JvmFlags flags) {
        CpuInfo info = CpuInfo.read(root);
        Architecture architecture = Architecture.read(root, info);
        Topology topology = new TopologyReader(root, info).read();
        Caches caches = new CacheReader(root, info, topology, architecture.process()).read();
        return new Machine(architecture, Processor.read(root, info),
                Features.of(architecture.process(), names(root, info, architecture), flags), topology, caches,
                Memory.read(root), new KernelReader(root).read(),
                new VirtualizationReader(root, info, architecture).read(), Energy.read(root),
                new DevicesReader(root).read(), Limits.read(root), Activity.read(root));
    }

    /** /proc/cpuinfo where it describes what the process runs on; under an emulator it describes the host. */
    private static Reading<Set<String>> names(Root root, CpuInfo info, Architecture architecture) {
        InstructionSet described = info.instructionSet().orElse(architecture.process());
        if (described == architecture.process()) {
            return Features.names(info);
        }
        return architecture.process() == InstructionSet.AARCH64
                ? HardwareCapabilities.names(Auxiliary.read(root))
                : Reading.unsupported("/proc/cpuinfo describes a processor of " + described + ", this process is "
                        + architecture.process());
    }

    /** Kernel and release: {@code Linux 6.12.38}, {@code macOS 15.5}. */
    public String system() {
        String release = kernel.release().orElse("Linux of unknown release");
        return release.matches("(macOS|Windows|Linux) .*") ? release : "Linux " + release;
    }

    /** What on this machine hurts measurement, the worst first. */
    public List<Advice> advice() {
        return Adviser.advise(this);
    }

    /**
     * The sheet as a tree of maps, lists, strings, numbers and booleans, for JSON; docs/schemas/machine.json describes
     * it. A reading that is known is its value; one that is not is an object with one entry, {@code unsupported} or
     * {@code unreadable}, and the reason.
     */
    public Map<String, Object> sheet() {
        return Sheet.of(this);
    }

    /** What there is to say, as labels with lines: what {@code assay machine} prints. */
    public Map<String, List<String>> sections() {
        return new MachineText(this).sections();
    }

    /** The topology as an indented tree, in the manner of lstopo's text. */
    public String drawing() {
        return TopologyText.draw(this);
    }

    /** The topology as nested boxes, in the manner of lstopo's picture: a self-contained SVG document. */
    public String svg() {
        return TopologySvg.draw(this);
    }
}
