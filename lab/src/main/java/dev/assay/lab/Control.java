package dev.assay.lab;

import dev.assay.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * The A/A control of an experiment: every variant twice, each compared with its twin. Whatever difference it claims is a
 * false alarm.
 */
final class Control {
    private Control() {}

    static List<Variant> twins(Experiment experiment, Machine machine) {
        List<Variant> twins = new ArrayList<>();
        for (Variant variant : experiment.variants(machine)) {
            Variant alone = new Variant(variant.name(), variant.parameters(), variant.program(),
                    java.util.Optional.empty());
            twins.add(alone);
            twins.add(alone.named(variant.name() + " again").against(variant.name()));
        }
        return twins;
    }
}
