package dev.assay.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * A machine as boxes in boxes, each around the processors behind it: what contains what follows from the sets alone, as
 * in hwloc, so that a cache shared by two packages of a virtual machine is drawn where it is.
 */
record TopologyTree(Kind kind, String title, BitSet processors, boolean usable, List<TopologyTree> children) {
    /** From the outside in; of equal sets the earlier kind is the outer. */
    enum Kind {
        MACHINE, PACKAGE, NODE, CACHE, CORE, PROCESSOR
    }

    TopologyTree {
        children = List.copyOf(children);
    }

    static TopologyTree of(Machine machine) {
        Topology topology = machine.topology();
        List<TopologyTree> boxes = new ArrayList<>();
        for (int id : topology.packages()) {
            BitSet set = new BitSet();
            topology.cores().stream().filter(core -> core.packageId() == id)
                    .forEach(core -> set.or(core.processors()));
            boxes.add(box(Kind.PACKAGE, "package " + id, set));
        }
        List<TopologyTree> memories = new ArrayList<>();
        for (NumaNode node : topology.nodes()) {
            String title = "node " + node.id() + node.totalBytes().map(bytes -> "  " + Text.bytes(bytes)).orElse("");
            (node.processors().isEmpty() ? memories : boxes).add(box(Kind.NODE, title, node.processors()));
        }
        machine.caches().all().stream()
                .sorted(Comparator.comparingInt(Cache::level).reversed().thenComparing(Cache::type))
                .forEach(cache -> boxes.add(box(Kind.CACHE, cache.title() + "  " + Text.bytes(cache.sizeBytes()),
                        cache.sharedBy())));
        for (Core core : topology.cores()) {
            String kind = switch (core.kind()) {
                case PERFORMANCE -> " P";
                case EFFICIENCY -> " E";
                case UNIFORM, UNKNOWN -> "";
            };
            boxes.add(box(Kind.CORE, "core " + core.id() + kind, core.processors()));
        }
        topology.online().stream().forEach(id -> {
            BitSet one = new BitSet();
            one.set(id);
            boxes.add(new TopologyTree(Kind.PROCESSOR, "P" + id, one, topology.allowed().get(id), List.of()));
        });
        String title = machine.memory().totalBytes().map(bytes -> "machine  " + Text.bytes(bytes)).orElse("machine");
        List<TopologyTree> inside = nest(boxes, topology.online());
        inside.addAll(memories);
        return new TopologyTree(Kind.MACHINE, title, topology.online(), true, inside);
    }

    private static TopologyTree box(Kind kind, String title, BitSet processors) {
        return new TopologyTree(kind, title, (BitSet) processors.clone(), true, List.of());
    }

    /** Takes the boxes within {@code outer}, the widest first; equal sets by kind, then in the order given. */
    private static List<TopologyTree> nest(List<TopologyTree> boxes, BitSet outer) {
        List<TopologyTree> rest = new ArrayList<>(boxes);
        rest.removeIf(box -> box.processors.isEmpty() || !within(box.processors, outer));
        List<TopologyTree> nested = new ArrayList<>();
        while (!rest.isEmpty()) {
            TopologyTree widest = rest.getFirst();
            for (TopologyTree box : rest) {
                int more = box.processors.cardinality() - widest.processors.cardinality();
                if (more > 0 || more == 0 && box.kind.compareTo(widest.kind) < 0) {
                    widest = box;
                }
            }
            rest.remove(widest);
            BitSet set = widest.processors;
            List<TopologyTree> inside = rest.stream().filter(box -> within(box.processors, set)).toList();
            rest.removeAll(inside);
            nested.add(new TopologyTree(widest.kind, widest.title, set, widest.usable, nest(inside, set)));
        }
        nested.sort(Comparator.comparingInt(box -> box.processors.nextSetBit(0)));
        return nested;
    }

    private static boolean within(BitSet inner, BitSet outer) {
        BitSet beyond = (BitSet) inner.clone();
        beyond.andNot(outer);
        return beyond.isEmpty();
    }

    /** What it looks like without its numbers: equal shapes are drawn once with a count. */
    String shape() {
        StringBuilder shape = new StringBuilder(kind == Kind.CACHE
                ? title
                : kind == Kind.NODE
                        ? "node" + title.substring(Math.max(title.indexOf("  "), 0))
                        : kind + title.replaceAll("[0-9]+", ""));
        shape.append(usable ? "" : "-").append('(');
        children.forEach(child -> shape.append(child.shape()));
        return shape.append(')').toString();
    }
}
