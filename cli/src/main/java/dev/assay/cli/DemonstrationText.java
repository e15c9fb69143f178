package dev.assay.cli;

import dev.assay.scan.ScanException;
import dev.assay.scan.demonstration.Demonstration;
import dev.assay.scan.demonstration.Demonstrations;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Runs demonstrations and says what was seen. */
final class DemonstrationText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintWriter out;
    private final boolean json;

    DemonstrationText(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    int show(List<String> rules) {
        List<Demonstration> chosen = rules.equals(List.of("all"))
                ? Demonstrations.all()
                : rules.stream().map(DemonstrationText::of).toList();
        for (Demonstration demonstration : chosen) {
            show(demonstration, Demonstrations.run(demonstration));
            out.flush();
        }
        return Exit.FINE;
    }

    private static Demonstration of(String rule) {
        return Demonstrations.of(rule).orElseThrow(() -> new ScanException.Usage(
                "--demo takes a rule that can be shown in seconds, or all; " + rule + " is none. Those are: "
                        + Demonstrations.all().stream().map(Demonstration::rule).collect(Collectors.joining(", "))
                        + "."));
    }

    private void show(Demonstration demonstration, Demonstration.Tally tally) {
        if (json) {
            out.println(JSON.writeValueAsString(JSON.createObjectNode().put("schema", "assay.demonstration/1")
                    .put("rule", demonstration.rule()).put("tries", demonstration.tries())
                    .put("counted", demonstration.counted()).put("seen", tally.seen()).put("of", tally.of())
                    .put("silence", demonstration.silence())));
            return;
        }
        out.println(demonstration.rule());
        out.println("  " + demonstration.tries());
        if (tally.seen() > 0) {
            out.println("  seen " + tally.seen() + " of " + tally.of() + ": " + demonstration.counted());
        } else {
            out.println("  not seen in " + tally.of() + ". " + demonstration.silence());
        }
    }
}
