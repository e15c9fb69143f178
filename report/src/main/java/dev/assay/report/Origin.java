package dev.assay.report;

import dev.assay.lab.Block;
import dev.assay.lab.Finding;
import dev.assay.lab.Summary;
import dev.assay.lab.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One process that a figure rests on: what leads from the figure back to the evidence.
 *
 * @param value its headline
 */
record Origin(Block block, Trial trial, double value) {
    /** The processes of a variant in the order of {@link Summary#perProcess()}; empty when they do not match it. */
    static List<Origin> of(Finding finding, Summary summary) {
        var headline = finding.evidence().card().headline();
        List<Origin> origins = new ArrayList<>();
        for (Block block : finding.evidence().counted()) {
            block.trials().stream().filter(t -> t.variant().equals(summary.variant())).findFirst()
                    .filter(t -> t.observation().filter(o -> o.values().containsKey(headline)).isPresent())
                    .ifPresent(trial -> origins.add(new Origin(block, trial, Double.NaN)));
        }
        if (origins.size() != summary.perProcess().size()) {
            return List.of();
        }
        for (int i = 0; i < origins.size(); i++) {
            Origin p = origins.get(i);
            origins.set(i, new Origin(p.block(), p.trial(), summary.perProcess().get(i)));
        }
        return origins;
    }

    /** The headline of every counted trial, by its number. */
    static Map<Integer, Double> values(Finding finding) {
        Map<Integer, Double> values = new HashMap<>();
        finding.summaries()
                .forEach(summary -> of(finding, summary).forEach(p -> values.put(p.trial().number(), p.value())));
        return values;
    }
}
