package dev.assay.cli;

import dev.assay.decide.Models;
import dev.assay.statistics.Fit;
import dev.assay.statistics.HitRateDecay;
import dev.assay.statistics.Knee;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay model}: a model fitted to a table. */
@Command(name = "model", mixinStandardHelpOptions = true,
        description = "Fit a model to a table in CSV: pause (columns heap, live in bytes, pause in seconds), knee (x, y),"
                + " decay (x, rate).",
        footer = {"", "Examples:", "  assay model knee bandwidth.csv", "  assay model pause pauses.csv --format json"})
final class ModelCommand implements Callable<Integer> {
    enum Kind {
        pause, knee, decay
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(index = "0", paramLabel = "MODEL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Parameters(index = "1", paramLabel = "FILE", description = "The table.")
    private Path file;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> tree = new LinkedHashMap<>();

    @Override
    public Integer call() {
        Models.Table table = Models.Table.read(file);
        tree.put("schema", "assay.model/1");
        tree.put("model", kind.name());
        switch (kind) {
            case pause -> pause(Models.pause(table));
            case knee -> knee(Models.knee(table));
            case decay -> decay(Models.decay(table));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.format == Output.Format.json
                ? JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(tree)
                : String.join("\n", lines));
        out.flush();
        return Exit.FINE;
    }

    private void pause(Models.Pause pause) {
        for (String of : List.of("heap", "live")) {
            double bandwidth = pause.bandwidth("seconds-per-" + of + "-byte");
            lines.add(Double.isFinite(bandwidth)
                    ? String.format(Locale.ROOT, "The %s passes at %.3g GB/s.", of, bandwidth / 1e9)
                    : "The pause does not grow with the " + of + ".");
        }
        fit(pause.fit());
    }

    private void knee(Knee knee) {
        switch (knee) {
            case Knee.Found(double at, var interval, double before, double after, double p) -> {
                lines.add(String.format(Locale.ROOT,
                        "A knee at x = %.4g (95 %% interval %.4g to %.4g); slope %.3g before, %.3g after; p = %.3g.",
                        at,
                        interval.low(), interval.high(), before, after, p));
                tree.putAll(Map.of("at", at, "low", interval.low(), "high", interval.high(), "pValue", p));
            }
            case Knee.Straight(double slope, double p) -> {
                lines.add(String.format(Locale.ROOT, "No knee: a straight line of slope %.3g does as well, p = %.3g.",
                        slope,
                        p));
                tree.putAll(Map.of("slope", slope, "pValue", p));
            }
        }
    }

    private void decay(HitRateDecay decay) {
        lines.add(String.format(Locale.ROOT,
                "The rate falls from %.3f to %.3f; the excess falls to 1/e over x = %.4g (95 %% interval %.4g to %.4g).",
                decay.floor().value() + decay.drop().value(), decay.floor().value(), decay.scale().value(),
                decay.scale().interval().low(), decay.scale().interval().high()));
        fit(decay.fit());
    }

    private void fit(Fit fit) {
        List<Object> parameters = new ArrayList<>();
        for (Fit.Parameter p : fit.parameters()) {
            lines.add(String.format(Locale.ROOT, "  %-22s %.5g (95 %% interval %.5g to %.5g)", p.name(), p.value(),
                    p.interval().low(), p.interval().high()));
            parameters.add(Map.of("name", p.name(), "value", p.value(), "low", p.interval().low(), "high",
                    p.interval().high()));
        }
        lines.add(String.format(Locale.ROOT, "Explained: %.4f. Residuals in order:", fit.explained()));
        lines.addAll(Models.residualPlot(fit.residuals()));
        tree.put("parameters", parameters);
        tree.put("explained", fit.explained());
    }
}
