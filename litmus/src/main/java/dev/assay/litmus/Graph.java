package dev.assay.litmus;

import dev.assay.litmus.cat.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An execution as a drawing: events in columns, one for each thread, and arrows between them.
 *
 * @param title what it shows
 * @param nodes the events; initial writes have thread -1
 * @param edges the arrows
 */
record Graph(String title, List<Node> nodes, List<Edge> edges) {
    /** An event; {@code name} is a letter, {@code label} tells what happens, {@code row} counts from 0 in its thread. */
    record Node(int event, String name, int thread, int row, String label) {}

    /** An arrow; {@code inCycle} marks those that together contradict the model. */
    record Edge(int from, int to, String name, boolean inCycle) {}

    Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * The graph of an execution.
     *
     * @param cycle events that form a cycle, in order; empty when there is none to show
     */
    static Graph of(String title, Execution execution, List<Integer> cycle) {
        Skeleton events = execution.events();
        List<Node> nodes = new ArrayList<>();
        Map<Integer, Integer> rows = new LinkedHashMap<>();
        List<Integer> used = usedInitialWrites(execution, cycle);
        for (int i = 0; i < events.size(); i++) {
            int thread = events.thread(i);
            if (thread < 0 && !used.contains(i)) {
                continue;
            }
            int row = rows.merge(thread, 1, Integer::sum) - 1;
            nodes.add(new Node(i, name(i), thread, row, label(events, i)));
        }
        List<Edge> edges = new ArrayList<>();
        program(events, edges);
        add(edges, execution.readsFrom(), "rf", events, used);
        add(edges, reduced(execution.coherence()), "co", events, used);
        add(edges, fromReads(execution), "fr", events, used);
        for (String name : List.of("addr", "data", "ctrl", "rmw")) {
            if (events.value(name).orElseThrow() instanceof Relation relation) {
                add(edges, relation, name, events, used);
            }
        }
        return new Graph(title, nodes, marked(edges, cycle));
    }

    private static List<Integer> usedInitialWrites(Execution execution, List<Integer> cycle) {
        List<Integer> used = new ArrayList<>();
        for (int cell = 0; cell < execution.events().cells(); cell++) {
            if (execution.readsFrom().row(cell) != 0 || cycle.contains(cell)) {
                used.add(cell);
            }
        }
        return used;
    }

    private static String name(int event) {
        String letter = String.valueOf((char) ('a' + event % 26));
        return event < 26 ? letter : letter + event / 26;
    }

    private static String label(Skeleton events, int event) {
        Action action = events.action(event);
        StringBuilder text = new StringBuilder();
        if (action.kind != Action.Kind.FENCE) {
            text.append(action.isRead() ? 'R' : 'W').append(' ').append(events.memory().name(action.address));
        }
        for (Tag tag : Tag.values()) {
            if (action.has(tag) && tag != Tag.PLAIN) {
                text.append(text.isEmpty() ? "" : " ").append(tag.catName());
            }
        }
        if (action.kind != Action.Kind.FENCE) {
            String address = events.memory().name(action.value);
            int shift = 64 - 8 * action.size;
            text.append(" = ").append(address.isEmpty() ? String.valueOf(action.value << shift >> shift) : address);
        }
        return text.toString();
    }

    private static void program(Skeleton events, List<Edge> edges) {
        for (int i = events.cells(); i + 1 < events.size(); i++) {
            if (events.thread(i) == events.thread(i + 1)) {
                edges.add(new Edge(i, i + 1, "po", false));
            }
        }
    }

    private static void add(List<Edge> edges, Relation relation, String name, Skeleton events, List<Integer> used) {
        for (int i = 0; i < events.size(); i++) {
            for (long rest = relation.row(i); rest != 0; rest &= rest - 1) {
                int to = Long.numberOfTrailingZeros(rest);
                if (events.thread(i) >= 0 || used.contains(i) && !name.equals("co")) {
                    edges.add(new Edge(i, to, name, false));
                }
            }
        }
    }

    /** A strict order without what follows by transitivity. */
    private static Relation reduced(Relation order) {
        Relation two = order.sequence(order);
        long[] rows = new long[order.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = order.row(i) & ~two.row(i);
        }
        return new Relation(rows);
    }

    /** From each read to the write that overwrites what it saw. */
    private static Relation fromReads(Execution execution) {
        Relation next = execution.readsFrom().inverse().sequence(reduced(execution.coherence()));
        long[] rows = new long[next.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = next.row(i) & ~(1L << i);
        }
        return new Relation(rows);
    }

    /** Marks the arrows of the cycle; a step without an arrow gets one that is called "order". */
    private static List<Edge> marked(List<Edge> edges, List<Integer> cycle) {
        List<Edge> result = new ArrayList<>(edges);
        for (int i = 0; i < cycle.size(); i++) {
            int from = cycle.get(i);
            int to = cycle.get((i + 1) % cycle.size());
            int best = -1;
            for (int e = 0; e < result.size(); e++) {
                Edge edge = result.get(e);
                if (edge.from == from && edge.to == to && (best < 0 || result.get(best).name.equals("po"))) {
                    best = e;
                }
            }
            if (best >= 0) {
                result.set(best, new Edge(from, to, result.get(best).name, true));
            } else {
                result.add(new Edge(from, to, "order", true));
            }
        }
        return result;
    }

    /** The graph as lines of text. */
    String text() {
        StringBuilder text = new StringBuilder(title).append('\n');
        int last = Integer.MIN_VALUE;
        for (Node node : nodes) {
            if (node.thread != last) {
                text.append(node.thread < 0 ? "  initially\n" : "  thread " + node.thread + "\n");
                last = node.thread;
            }
            text.append("    ").append(node.name).append(": ").append(node.label);
            StringBuilder arrows = new StringBuilder();
            for (Edge edge : edges) {
                if (edge.from == node.event && !edge.name.equals("po")) {
                    arrows.append(arrows.isEmpty() ? "" : ", ").append(edge.inCycle ? "*" : "").append(edge.name)
                            .append(" -> ")
                            .append(name(edge.to));
                }
            }
            text.append(arrows.isEmpty() ? "" : "    (" + arrows + ")").append('\n');
        }
        List<Edge> steps = edges.stream().filter(Edge::inCycle).toList();
        if (!steps.isEmpty()) {
            text.append("  cycle: ");
            for (Edge step : ordered(steps)) {
                text.append(name(step.from)).append(" -").append(step.name).append("-> ");
            }
            text.append(name(ordered(steps).getFirst().from)).append('\n');
        }
        return text.toString();
    }

    private static List<Edge> ordered(List<Edge> steps) {
        List<Edge> result = new ArrayList<>(List.of(steps.getFirst()));
        while (result.size() < steps.size()) {
            int at = result.getLast().to;
            steps.stream().filter(e -> e.from == at && !result.contains(e)).findFirst().ifPresentOrElse(result::add,
                    () -> result.add(steps.stream().filter(e -> !result.contains(e)).findFirst().orElseThrow()));
        }
        return result;
    }
}
