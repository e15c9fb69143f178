package dev.assay.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Packages, cores, processors and NUMA nodes.
 *
 * @param cores those with a processor online, by their first processor
 * @param nodes one at least; a machine that knows no NUMA is one node
 * @param online processors that run
 * @param present processors that are plugged in
 * @param allowed those that this process may use: its affinity, which the kernel keeps within its cpuset
 * @param isolated processors kept free of the scheduler (isolcpus)
 * @param source where the cores were read, or the reason for a coarser answer
 */
public record Topology(List<Core> cores, List<NumaNode> nodes, BitSet online, BitSet present, BitSet allowed,
        BitSet isolated, Reading<String> source) {
    public Topology {
        cores = List.copyOf(cores);
        nodes = List.copyOf(nodes);
        online = (BitSet) online.clone();
        present = (BitSet) present.clone();
        allowed = (BitSet) allowed.clone();
        isolated = (BitSet) isolated.clone();
        if (cores.isEmpty() || nodes.isEmpty()) {
            throw new IllegalArgumentException("a machine has at least one core and one node");
        }
    }

    /** The processors that this process may use, ascending. */
    public List<Integer> allowedProcessors() {
        return allowed.stream().boxed().toList();
    }

    /** The cores on which this process may use at least one processor. */
    public List<Core> allowedCores() {
        return cores.stream().filter(core -> core.processors().intersects(allowed)).toList();
    }

    @Override
    public BitSet online() {
        return (BitSet) online.clone();
    }

    @Override
    public BitSet present() {
        return (BitSet) present.clone();
    }

    @Override
    public BitSet allowed() {
        return (BitSet) allowed.clone();
    }

    @Override
    public BitSet isolated() {
        return (BitSet) isolated.clone();
    }

    /** The socket numbers, ascending. */
    public List<Integer> packages() {
        TreeSet<Integer> packages = new TreeSet<>();
        cores.forEach(core -> packages.add(core.packageId()));
        return new ArrayList<>(packages);
    }

    /** The core that a processor belongs to; none when it is offline or does not exist. */
    public Optional<Core> coreOf(int processor) {
        return cores.stream().filter(core -> core.processors().get(processor)).findFirst();
    }

    /** The other processors of the same core. */
    public BitSet siblings(int processor) {
        BitSet siblings = coreOf(processor).map(Core::processors).orElseGet(BitSet::new);
        siblings.clear(processor);
        return siblings;
    }

    /** The node that a processor belongs to. */
    public Optional<NumaNode> nodeOf(int processor) {
        return nodes.stream().filter(node -> node.processors().get(processor)).findFirst();
    }

    /** Whether any core runs more than one processor now. */
    public boolean smt() {
        return cores.stream().anyMatch(core -> core.processors().cardinality() > 1);
    }

    /** Whether cores of more than one class were found. */
    public boolean mixed() {
        return cores.stream().map(Core::kind).distinct().count() > 1;
    }
}
