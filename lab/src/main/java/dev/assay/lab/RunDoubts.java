package dev.assay.lab;

import dev.assay.lab.Doubt.Kind;
import dev.assay.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Doubts about a whole run that are known before its first trial. */
final class RunDoubts {
    private RunDoubts() {}

    static List<Doubt> of(Machine machine, Settings settings, Plan plan, boolean alone) {
        List<Doubt> doubts = new ArrayList<>();
        if (settings.platform().emulated()) {
            doubts.add(new Doubt(Kind.EMULATED, "trials ran under an emulator: " + settings.platform().title(),
                    "measure on a machine of that architecture"));
        }
        if (machine.virtualization().translated()) {
            doubts.add(new Doubt(Kind.EMULATED, "the program runs translated: " + machine.virtualization().title(),
                    "measure on a machine of this architecture"));
        } else if (machine.virtualization().virtualised()) {
            doubts.add(new Doubt(Kind.VIRTUALISED,
                    "a virtual machine (" + machine.virtualization().title()
                            + "): its host and neighbours cannot be seen",
                    "repeat at another time, or on bare metal"));
        }
        if (!alone) {
            doubts.add(new Doubt(Kind.ANOTHER_ASSAY, "another Assay is measuring on this machine at the same time",
                    "run one at a time"));
        }
        if (plan.trialScale() < 1) {
            doubts.add(new Doubt(Kind.CUT_SHORT, String.format(Locale.ROOT,
                    "trials were shortened to %.0f %% of their usual time to fit the budget", 100 * plan.trialScale()),
                    "raise --budget"));
        }
        if (!plan.cut().isEmpty()) {
            doubts.add(new Doubt(Kind.CUT_SHORT,
                    "the budget did not reach for " + String.join(", ",
                            plan.cut().stream().map(c -> c.card().id()).toList()),
                    "raise --budget or ask for fewer"));
        }
        return doubts;
    }
}
