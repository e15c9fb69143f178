package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Node.Cell;
import dev.assay.litmus.cat.Values.Frame;
import dev.assay.litmus.cat.Values.FunctionValue;
import java.util.List;
import java.util.Objects;

/** Definitions that mention each other: the least solution is reached by starting empty and repeating. */
final class Fixpoint {
    private static final int MAXIMUM_ROUNDS = 5_000;

    private final Place place;
    private final List<Cell> cells;
    private final List<Node> values;
    private final Object[] solution;
    private long stamp = Long.MIN_VALUE;

    Fixpoint(Place place, List<Cell> cells, List<Node> values) {
        this.place = place;
        this.cells = cells;
        this.values = values;
        this.solution = new Object[values.size()];
    }

    Object value(Evaluation evaluation, int index, boolean changing) {
        long now = evaluation.stamp(changing);
        if (stamp != now) {
            for (Cell cell : cells) {
                cell.set(Values.NOTHING);
            }
            boolean stable = false;
            for (int round = 0; !stable; round++) {
                checkRounds(round, place);
                stable = true;
                for (int i = 0; i < solution.length; i++) {
                    Object next = values.get(i).eval(evaluation, null);
                    stable &= same(evaluation, solution[i] == null || round == 0 ? Values.NOTHING : solution[i], next);
                    solution[i] = next;
                    cells.get(i).set(next);
                }
            }
            stamp = now;
        }
        return solution[index];
    }

    static void solve(Evaluation evaluation, Place place, List<Node> values, Frame frame) {
        for (int i = 0; i < values.size(); i++) {
            frame.locals[i] = Values.NOTHING;
        }
        boolean stable = false;
        for (int round = 0; !stable; round++) {
            checkRounds(round, place);
            stable = true;
            for (int i = 0; i < values.size(); i++) {
                Object next = values.get(i).eval(evaluation, frame);
                stable &= same(evaluation, frame.locals[i], next);
                frame.locals[i] = next;
            }
        }
    }

    private static void checkRounds(int round, Place place) {
        if (round > MAXIMUM_ROUNDS) {
            throw CatException.at(place, "this recursive definition has no least solution: it still changes after "
                    + MAXIMUM_ROUNDS + " rounds; perhaps it uses itself under a complement or a difference");
        }
    }

    private static boolean same(Evaluation evaluation, Object before, Object after) {
        if (after instanceof FunctionValue) {
            return true;
        }
        if (Values.isNothing(before)) {
            return Values.isNothing(after) || after instanceof EventSet set && set.bits() == 0
                    || after instanceof Relation relation && relation.isEmpty();
        }
        return Objects.equals(before, after);
    }
}
