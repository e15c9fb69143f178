package dev.assay.machine;

/**
 * The machine sheet: what a computer is, as read at one moment. Immutable; reading takes some milliseconds.
 */
public record Machine(Architecture architecture, Topology topology, Caches caches, Memory memory, Limits limits) {
    /** This machine, now. */
    public static Machine read() {
        return read(Root.live());
    }

    /** The machine whose files are below {@code root}: this one or a saved one. */
    public static Machine read(Root root) {
        CpuInfo info = CpuInfo.read(root);
        Architecture architecture = Architecture.read(root, info);
        Topology topology = new TopologyReader(root, info).read();
        Caches caches = new CacheReader(root, info, topology, architecture.process()).read();
        return new Machine(architecture, topology, caches, Memory.read(root), Limits.read(root));
    }
}
