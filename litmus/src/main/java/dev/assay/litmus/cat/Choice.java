package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Values.Frame;
import java.util.List;
import java.util.function.BiPredicate;

/** if two values are equal. */
final class Choice extends Node {
    private final List<Node> conditionNodes;
    private final BiPredicate<Evaluation, Frame> condition;
    private final Node then;
    private final Node otherwise;

    Choice(List<Node> conditionNodes, BiPredicate<Evaluation, Frame> condition, Node then,
            Node otherwise) {
        super(Node.anyChanging(conditionNodes) || then.changing || otherwise.changing,
                Node.anyLocal(conditionNodes) || then.local || otherwise.local);
        this.conditionNodes = conditionNodes;
        this.condition = condition;
        this.then = then;
        this.otherwise = otherwise;
    }

    @Override
    Object eval(Evaluation evaluation, Frame frame) {
        assert conditionNodes != null;
        return (condition.test(evaluation, frame) ? then : otherwise).eval(evaluation, frame);
    }
}
