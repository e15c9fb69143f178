package dev.assay.litmus;

import dev.assay.litmus.Graphs.Drawn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a memory model says of one test, ready to be shown. */
public final class Answer {
    private final Decision decision;
    private final String model;
    private final Optional<Drawn> graph;

    Answer(Decision decision, String model, Optional<Drawn> graph) {
        this.decision = decision;
        this.model = model;
        this.graph = graph;
    }

    /** The test's name. */
    public String test() {
        return decision.test().name();
    }

    /** The architecture, as test files name it. */
    public String architecture() {
        return decision.test().architecture().header();
    }

    /** The model's name. */
    public String model() {
        return model;
    }

    /** The question: {@code exists}, {@code ~exists} or {@code forall}, and the proposition. */
    public String condition() {
        return decision.test().condition().quantifier().word() + " ("
                + HerdFormat.proposition(decision.test().condition().proposition()) + ")";
    }

    /** Whether the condition holds. */
    public boolean holds() {
        return decision.ok();
    }

    /** Whether the proposition holds Never, Sometimes or Always. */
    public String observation() {
        return decision.observation();
    }

    /** The allowed final states, in order, in the notation {@code 0:X1=1; [x]=2}, each with whether the proposition holds in it. */
    public Map<String, Boolean> states() {
        Map<String, Boolean> states = new LinkedHashMap<>();
        decision.states().forEach((state, holds) -> states.put(state.text(decision.observables()), holds));
        return states;
    }

    /** How many allowed executions fulfil the proposition. */
    public long positive() {
        return decision.positive();
    }

    /** How many allowed executions do not fulfil the proposition. */
    public long negative() {
        return decision.negative();
    }

    /** How many candidate executions were judged. */
    public long candidates() {
        return decision.candidates();
    }

    /** Reasons to trust the answer less, each with the remedy. */
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        if (decision.truncated()) {
            doubts.add("loops were unrolled only so often; longer runs may reach more states: raise --unroll");
        }
        if (decision.wild()) {
            doubts.add("executions that use a number as an address were left out: let addresses come from variables");
        }
        decision.flags().forEach(flag -> doubts.add("the model flags " + flag));
        return doubts;
    }

    /** The answer in the log format of the herdtools. */
    public String herd() {
        return HerdFormat.of(decision);
    }

    /** An execution that shows why, as text; empty when none was asked for or there is none. */
    public Optional<String> graphText() {
        return graph.map(g -> g.graph().text());
    }

    /** The same as an SVG document. */
    public Optional<String> graphSvg() {
        return graph.map(g -> GraphSvg.of(g.graph()));
    }
}
