package dev.assay.litmus;

import dev.assay.litmus.cat.CatJudge;
import java.util.List;
import java.util.Optional;

/** Chooses the execution that explains an answer: one that fulfils the proposition, allowed if there is one, else forbidden. */
final class Graphs {
    /** A drawn execution. */
    record Drawn(Graph graph) {}

    private Graphs() {}

    static Optional<Drawn> explain(Decision decision, CatJudge judge, String model) {
        String name = decision.test().name();
        if (decision.witness().isPresent()) {
            return Optional
                    .of(new Drawn(Graph.of(name + ": " + model + " allows this", decision.witness().get(), List.of())));
        }
        if (decision.rejected().isPresent()) {
            Execution execution = decision.rejected().get();
            judge.judge(execution);
            List<Integer> cycle = judge.checked(decision.rejectedBy()).map(Cycles::shortest).orElse(List.of());
            return Optional.of(new Drawn(Graph.of(name + ": " + model + " forbids this (" + decision.rejectedBy() + ")",
                    execution, cycle)));
        }
        return decision.counter().map(e -> new Drawn(Graph.of(name + ": " + model + " allows this", e, List.of())));
    }
}
