package dev.assay.lab;

import static dev.assay.lab.RunTree.fields;

import dev.assay.lab.Trial.Outcome;
import dev.assay.machine.MachineException;
import dev.assay.machine.Placement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The evidence of one experiment, and its card, as trees and back. */
final class EvidenceTree {
    private EvidenceTree() {}

    static Map<String, Object> card(Card card) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("why", card.why());
        tree.put("varied", card.varied());
        tree.put("held", card.held());
        tree.put("requirements", card.requirements().stream().map(Requirement::says).toList());
        tree.put("headline", card.headline().at());
        tree.put("compared", card.compared().stream().map(Point::at).toList());
        tree.put("chart", card.chart().name().toLowerCase(Locale.ROOT));
        tree.put("trialSeconds", card.trial().toNanos() / 1e9);
        tree.put("jvmOptions", card.jvmOptions());
        return tree;
    }

    private static Card card(Tree finding) {
        Tree tree = finding.at("card");
        Tree metric = finding.at("metric");
        List<Requirement> requirements = tree.texts("requirements").stream()
                .map(says -> new Requirement(says, _ -> Optional.empty())).toList();
        return new Card(finding.text("id"), finding.text("question"), tree.text("why"), tree.text("varied"),
                tree.text("held"),
                new Metric(metric.text("name"), metric.text("unit"),
                        Metric.Better.valueOf(metric.text("better").toUpperCase(Locale.ROOT))),
                requirements, RunTree.point(tree.at("headline")),
                tree.list("compared").stream().map(RunTree::point).toList(),
                Card.Chart.valueOf(tree.text("chart").toUpperCase(Locale.ROOT)),
                Duration.ofNanos(Math.round(tree.number("trialSeconds") * 1e9)), tree.texts("jvmOptions"));
    }

    static Map<String, Object> of(Evidence evidence) {
        return fields("variants", evidence.variants().stream().map(EvidenceTree::variant).toList(), "blocks",
                evidence.blocks().stream().map(EvidenceTree::block).toList());
    }

    static Evidence read(Tree finding) {
        Tree tree = finding.at("evidence");
        return new Evidence(card(finding), tree.list("variants").stream().map(EvidenceTree::variant).toList(),
                tree.list("blocks").stream().map(EvidenceTree::block).toList());
    }

    private static Map<String, Object> variant(Variant variant) {
        Map<String, Object> tree = fields("name", variant.name(), "parameters", variant.parameters());
        switch (variant.program()) {
            case Variant.Program.Jvm(List<String> options, Placement placement) -> {
                tree.put("jvmOptions", options);
                tree.put("placement", placement.sheet());
            }
            case Variant.Program.Command(List<String> words) -> tree.put("command", words);
            case Variant.Program.Own(Subject subject) -> tree.put("command", subject.words());
        }
        variant.against().ifPresent(against -> tree.put("against", against));
        return tree;
    }

    private static Variant variant(Tree tree) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Tree given = tree.at("parameters");
        given.map().keySet().forEach(name -> parameters.put(name, given.text(name)));
        Variant.Program program = tree.has("command")
                ? new Variant.Program.Command(tree.texts("command"))
                : new Variant.Program.Jvm(tree.texts("jvmOptions"), placement(tree.at("placement")));
        return new Variant(tree.text("name"), parameters, program, tree.maybe("against").map(Tree::text));
    }

    private static Placement placement(Tree tree) {
        try {
            return Placement.of(tree.map());
        } catch (MachineException e) {
            throw new Tree.Wrong(tree.path() + ": " + e.getMessage());
        }
    }

    private static Map<String, Object> block(Block block) {
        Map<String, Object> tree = fields("number", block.number(), "seed", block.seed(), "duet", block.duet());
        block.discarded().ifPresent(reason -> tree.put("discarded", reason));
        tree.put("surroundings", surroundings(block.surroundings()));
        tree.put("trials", block.trials().stream().map(EvidenceTree::trial).toList());
        return tree;
    }

    private static Block block(Tree tree) {
        return new Block((int) tree.whole("number"), tree.whole("seed"), tree.flag("duet"),
                tree.list("trials").stream().map(EvidenceTree::trial).toList(), surroundings(tree.at("surroundings")),
                tree.maybe("discarded").map(Tree::text));
    }

    private static Map<String, Object> surroundings(Surroundings s) {
        Map<String, Object> tree = new LinkedHashMap<>();
        s.othersProcessors().ifPresent(v -> tree.put("othersProcessors", v));
        s.stolenProcessors().ifPresent(v -> tree.put("stolenProcessors", v));
        s.memoryPressure().ifPresent(v -> tree.put("memoryPressure", v));
        s.ioPressure().ifPresent(v -> tree.put("ioPressure", v));
        s.throttleEvents().ifPresent(v -> tree.put("throttleEvents", v));
        s.majorFaults().ifPresent(v -> tree.put("majorFaults", v));
        tree.put("clockSlipMillis", s.clockSlipMillis());
        return tree;
    }

    private static Surroundings surroundings(Tree tree) {
        return new Surroundings(tree.maybe("othersProcessors").map(Tree::number),
                tree.maybe("stolenProcessors").map(Tree::number), tree.maybe("memoryPressure").map(Tree::number),
                tree.maybe("ioPressure").map(Tree::number), tree.maybe("throttleEvents").map(Tree::number),
                tree.maybe("majorFaults").map(Tree::number), tree.number("clockSlipMillis"));
    }

    private static Map<String, Object> trial(Trial trial) {
        Map<String, Object> tree = fields("number", trial.number(), "variant", trial.variant(), "pid", trial.pid(),
                "wallSeconds", trial.wall().toNanos() / 1e9);
        tree.put("startDoubts", RunTree.doubts(trial.doubts()));
        switch (trial.outcome()) {
            case Outcome.Measured(Observation observation) -> {
                tree.put("outcome", "measured");
                observation(tree, observation);
            }
            case Outcome.Broken(String check, Observation observation) -> {
                tree.put("outcome", "broken");
                tree.put("check", check);
                observation(tree, observation);
            }
            case Outcome.Crashed(int exitCode, List<String> lines, Optional<Path> report) -> {
                tree.put("outcome", "crashed");
                tree.put("exitCode", exitCode);
                tree.put("lastLines", lines);
                report.ifPresent(path -> tree.put("crashReport", path.getFileName().toString()));
            }
            case Outcome.Overran(Duration limit, List<String> lines) -> {
                tree.put("outcome", "overran");
                tree.put("limitSeconds", limit.toNanos() / 1e9);
                tree.put("lastLines", lines);
            }
            case Outcome.Unstarted(String reason) -> {
                tree.put("outcome", "unstarted");
                tree.put("reason", reason);
            }
        }
        return tree;
    }

    private static Trial trial(Tree tree) {
        Outcome outcome = switch (tree.text("outcome")) {
            case "measured" -> new Outcome.Measured(observation(tree));
            case "broken" -> new Outcome.Broken(tree.text("check"), observation(tree));
            case "crashed" -> new Outcome.Crashed((int) tree.whole("exitCode"), tree.texts("lastLines"),
                    tree.maybe("crashReport").map(t -> Path.of(t.text())));
            case "overran" -> new Outcome.Overran(Duration.ofNanos(Math.round(tree.number("limitSeconds") * 1e9)),
                    tree.texts("lastLines"));
            case "unstarted" -> new Outcome.Unstarted(tree.text("reason"));
            case String other -> throw new Tree.Wrong(tree.path() + ".outcome is '" + other + "'");
        };
        return new Trial((int) tree.whole("number"), tree.text("variant"), tree.whole("pid"),
                Duration.ofNanos(Math.round(tree.number("wallSeconds") * 1e9)), outcome,
                RunTree.doubts(tree.at("startDoubts")));
    }

    private static void observation(Map<String, Object> tree, Observation observation) {
        List<Object> values = new ArrayList<>();
        observation.values().forEach((at, list) -> values.add(fields("at", at.at(), "values", list)));
        tree.put("observed", values);
        tree.put("figures", observation.figures());
        tree.put("checks",
                observation.checks().stream().map(c -> fields("says", c.says(), "kept", c.kept())).toList());
        tree.put("doubts", RunTree.doubts(observation.doubts()));
        tree.put("measuredSeconds", observation.measuredNanos() / 1e9);
    }

    private static Observation observation(Tree tree) {
        Map<Point, List<Double>> values = new LinkedHashMap<>();
        for (Tree one : tree.list("observed")) {
            values.put(RunTree.point(one.at("at")), one.list("values").stream().map(Tree::number).toList());
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        Tree named = tree.at("figures");
        named.map().keySet().forEach(name -> figures.put(name, named.number(name)));
        List<Observation.Check> checks = tree.list("checks").stream()
                .map(c -> new Observation.Check(c.text("says"), c.flag("kept"))).toList();
        return new Observation(values, figures, checks, RunTree.doubts(tree.at("doubts")),
                Math.round(tree.number("measuredSeconds") * 1e9));
    }
}
