package dev.assay.litmus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes tests from cycles of steps: one that is given, or all critical ones up to a size. */
public final class TestGenerator {
    private static final int MAXIMUM_TESTS = 200_000;

    private final Architecture architecture;
    private final List<Edge> inside;
    private final List<Edge> outside;
    private final List<String> modes;

    /** A test that was made. */
    public record GeneratedTest(String name, String text) {}

    /**
     * A generator.
     *
     * @param architecture a name as test files have it, in any case
     * @param edges the steps to use; empty for a selection that covers the architecture
     * @throws LitmusException when the architecture or a step is not known
     */
    public TestGenerator(String architecture, List<String> edges) {
        this.architecture = Architecture.ofHeader(architecture).orElseThrow(() -> new LitmusException("'" + architecture
                + "' is not an architecture; X86_64, AArch64, RISCV and Java are"));
        List<Edge> all = new ArrayList<>();
        for (String name : edges.isEmpty() ? usual(this.architecture) : edges) {
            all.add(Edge.named(this.architecture, name).orElseThrow(
                    () -> new LitmusException(
                            "'" + name + "' is no step of a cycle on " + this.architecture.header())));
        }
        inside = all.stream().filter(e -> !e.isExternal()).toList();
        outside = all.stream().filter(Edge::isExternal).toList();
        modes = this.architecture == Architecture.JAVA ? List.of("", "O", "AL", "V") : List.of("");
    }

    private static List<String> usual(Architecture architecture) {
        List<String> names = new ArrayList<>(List.of("Rfe", "Fre", "Coe"));
        List<String> directions = List.of("RR", "RW", "WR", "WW");
        directions.forEach(d -> names.add("Pod" + d));
        switch (architecture) {
            case X86_64, X86 -> directions.forEach(d -> names.add("MFenced" + d));
            case AARCH64 -> {
                directions.forEach(d -> names.add("DMB.SYd" + d));
                names.addAll(List.of("DMB.LDdRR", "DMB.LDdRW", "DMB.STdWW", "DpAddrdR", "DpAddrdW", "DpDatadW",
                        "DpCtrldR", "DpCtrldW",
                        "DpCtrlIsbdR"));
            }
            case RISCV -> {
                directions.forEach(d -> names.add("Fence.rw.rwd" + d));
                names.addAll(List.of("Fence.r.rwdRR", "Fence.r.rwdRW", "Fence.w.wdWW", "Fence.rw.wdRW", "Fence.rw.wdWW",
                        "Fence.tsodRR", "Fence.tsodWW", "DpAddrdR", "DpAddrdW", "DpDatadW", "DpCtrldR", "DpCtrldW",
                        "DpCtrlFenceIdR"));
            }
            case JAVA -> directions.forEach(d -> names.add("FullFenced" + d));
        }
        return names;
    }

    /**
     * The test of one cycle.
     *
     * @param cycle steps by name, for example {@code PodWW Rfe PodRR Fre}
     * @throws LitmusException when a step is unknown or the steps do not fit together
     */
    public GeneratedTest test(String cycle) {
        Cycle parsed = Cycle.parse(architecture, cycle);
        return new GeneratedTest(parsed.testName(), CycleTest.text(parsed));
    }

    /**
     * The tests of all critical cycles of at most {@code size} steps: a thread makes one access, or two to different locations, and a
     * location is accessed by at most three threads (Shasha and Snir 1988; Alglave, Maranget and Tautschnig 2014).
     *
     * @throws LitmusException when there are too many
     */
    public List<GeneratedTest> upTo(int size) {
        if (size < 2 || size > 10) {
            throw new LitmusException("the size of a cycle is 2 to 10 steps, but " + size + " was asked for");
        }
        Map<String, GeneratedTest> found = new LinkedHashMap<>();
        for (int length = 2; length <= size; length++) {
            extend(new ArrayList<>(), length, found);
        }
        return List.copyOf(found.values());
    }

    private void extend(List<Edge> edges, int length, Map<String, GeneratedTest> found) {
        if (edges.size() == length) {
            if (edges.getFirst().from() == edges.getLast().to() && edges.getLast().isExternal() && isCritical(edges)) {
                add(edges, found);
            }
            return;
        }
        boolean first = edges.isEmpty();
        for (List<Edge> choices : first || isOpen(edges)
                ? List.of(inside, outside)
                : List.of(updatesAfter(edges), outside)) {
            for (Edge edge : choices) {
                if ((first || edges.getLast().to() == edge.from()) && !areUpdates(edges, edge)) {
                    edges.add(edge);
                    extend(edges, length, found);
                    edges.removeLast();
                }
            }
        }
    }

    /** Whether the thread has made one access so far, an atomic update counted as one. */
    private static boolean isOpen(List<Edge> edges) {
        Edge last = edges.getLast();
        return last.isExternal() || last.kind() == Edge.Kind.RMW
                && (edges.size() == 1 || edges.get(edges.size() - 2).isExternal());
    }

    /** Whether a step would put two updates in a row, as one access cannot. */
    private static boolean areUpdates(List<Edge> edges, Edge next) {
        return next.kind() == Edge.Kind.RMW && !edges.isEmpty() && edges.getLast().kind() == Edge.Kind.RMW;
    }

    /** A second access may be an atomic update, too. */
    private List<Edge> updatesAfter(List<Edge> edges) {
        return edges.getLast().kind() == Edge.Kind.RMW
                ? List.of()
                : inside.stream().filter(edge -> edge.kind() == Edge.Kind.RMW).toList();
    }

    private void add(List<Edge> edges, Map<String, GeneratedTest> found) {
        for (String mode : modes) {
            List<String> annotations = edges.stream()
                    .map(e -> mode.equals("AL") ? e.from() == 'R' ? "A" : "L" : mode).toList();
            Cycle cycle = Cycle.of(architecture, edges, annotations);
            if (!found.containsKey(cycle.text())) {
                String name = cycle.testName();
                long same = found.values().stream().filter(t -> t.name().equals(name)).count();
                found.put(cycle.text(), new GeneratedTest(same == 0 ? name : name + "-" + same, CycleTest.text(cycle)));
            }
            if (found.size() > MAXIMUM_TESTS) {
                throw new LitmusException("there are more than " + MAXIMUM_TESTS
                        + " cycles of this size; choose a smaller size or fewer steps");
            }
        }
    }

    /** At least two threads and two moves, never three communications in a row, and no rotation of an earlier cycle. */
    private static boolean isCritical(List<Edge> edges) {
        long moves = edges.stream().filter(e -> !e.sameLocation()).count();
        long threads = edges.stream().filter(Edge::isExternal).count();
        if (moves < 2 || threads < 2) {
            return false;
        }
        int n = edges.size();
        for (int i = 0; i < n; i++) {
            Edge a = edges.get(i);
            Edge b = edges.get((i + 1) % n);
            Edge c = edges.get((i + 2) % n);
            if (a.isExternal() && b.isExternal()) {
                // Of two in a row only these say more than one: a write, read by one thread, overwritten by the next, and the like.
                boolean longer = a.kind() == Edge.Kind.RFE && b.kind() == Edge.Kind.FRE
                        || a.kind() == Edge.Kind.COE && b.kind() == Edge.Kind.RFE
                        || a.kind() == Edge.Kind.FRE && b.kind() == Edge.Kind.RFE;
                if (!longer || c.isExternal()) {
                    return false;
                }
            }
        }
        return true;
    }
}
