package dev.assay.litmus;

import dev.assay.litmus.cat.Relation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds a shortest cycle of a relation. */
final class Cycles {
    private Cycles() {}

    /** The events of a shortest cycle, in order; empty when there is none. */
    static List<Integer> shortest(Relation relation) {
        List<Integer> best = List.of();
        for (int start = 0; start < relation.size(); start++) {
            List<Integer> found = through(relation, start);
            if (!found.isEmpty() && (best.isEmpty() || found.size() < best.size())) {
                best = found;
            }
        }
        return best;
    }

    private static List<Integer> through(Relation relation, int start) {
        int[] before = new int[relation.size()];
        Arrays.fill(before, -1);
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            int at = queue.remove();
            for (long rest = relation.row(at); rest != 0; rest &= rest - 1) {
                int next = Long.numberOfTrailingZeros(rest);
                if (next == start) {
                    List<Integer> cycle = new ArrayList<>();
                    for (int back = at; back != start; back = before[back]) {
                        cycle.add(back);
                    }
                    cycle.add(start);
                    return cycle.reversed();
                }
                if (before[next] < 0 && next != start) {
                    before[next] = at;
                    queue.add(next);
                }
            }
        }
        return List.of();
    }
}
