package dev.assay.lab;

import dev.assay.statistics.Interval;
import dev.assay.machine.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as a tree in the form of the run contract ({@code docs/schemas/run.json}), and back. */
final class RunTree {
    private RunTree() {}

    static Map<String, Object> of(Run run) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", Archive.SCHEMA);
        tree.put("run", run.id());
        tree.put("started", run.started().toString());
        tree.put("seconds", run.seconds());
        tree.put("settings", settings(run.settings()));
        tree.put("doubts", doubts(run.doubts()));
        tree.put("machine", run.machine());
        tree.put("experiments", run.findings().stream().map(f -> finding(f, run.settings().confidence())).toList());
        tree.put("claims", List.of());
        return tree;
    }

    static Run read(Tree tree) {
        Settings settings = settings(tree.at("settings"));
        return new Run(tree.text("run"), instant(tree.at("started")), tree.number("seconds"), settings,
                tree.at("machine").map(),
                tree.list("experiments").stream().map(t -> finding(t, settings.confidence())).toList(),
                doubts(tree.at("doubts")));
    }

    private static Instant instant(Tree tree) {
        try {
            return Instant.parse(tree.text());
        } catch (java.time.format.DateTimeParseException e) {
            throw new Tree.Wrong(tree.path() + " is not a time: " + tree.text());
        }
    }

    private static Map<String, Object> settings(Settings settings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("budgetSeconds", settings.budget().toMillis() / 1e3);
        tree.put("confidence", settings.confidence());
        tree.put("smallestEffect", settings.smallestEffect());
        tree.put("seed", settings.seed());
        tree.put("duet", settings.duet());
        tree.put("control", settings.control());
        tree.put("platform", platform(settings.platform()));
        return tree;
    }

    private static Settings settings(Tree tree) {
        return new Settings(java.time.Duration.ofMillis(Math.round(tree.number("budgetSeconds") * 1e3)),
                tree.number("confidence"), tree.number("smallestEffect"), tree.whole("seed"), tree.flag("duet"),
                tree.flag("control"), platform(tree.at("platform")));
    }

    private static Map<String, Object> platform(Platform platform) {
        Map<String, Object> tree = fields("home", platform.home().toString());
        if (platform instanceof Platform.Emulated(Path emulator, Path sysroot, Path _)) {
            tree.put("emulator", emulator.toString());
            tree.put("sysroot", sysroot.toString());
        }
        return tree;
    }

    private static Platform platform(Tree tree) {
        Path home = Path.of(tree.text("home"));
        if (tree.has("emulator")) {
            return new Platform.Emulated(Path.of(tree.text("emulator")), Path.of(tree.text("sysroot")), home);
        }
        return home.equals(Platform.current().home()) ? Platform.current() : new Platform.OtherJdk(home);
    }

    static List<Object> doubts(List<Doubt> doubts) {
        return doubts.stream().map(d -> (Object) fields("kind", d.kind().id(), "says", d.says(), "remedy", d.remedy()))
                .toList();
    }

    static List<Doubt> doubts(Tree tree) {
        return tree.list().stream()
                .map(t -> new Doubt(Doubt.Kind.ofId(t.text("kind")), t.text("says"), t.text("remedy"))).toList();
    }

    private static Map<String, Object> finding(Finding finding, double confidence) {
        Card card = finding.evidence().card();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", finding.id());
        tree.put("question", card.question());
        tree.put("status", finding.status().toString());
        finding.reason().ifPresent(reason -> tree.put("reason", reason));
        tree.put("metric", fields("name", card.metric().name(), "unit", card.metric().unit(), "better",
                card.metric().better().toString()));
        tree.put("blocks", finding.evidence().counted().size());
        tree.put("discarded", finding.evidence().discarded());
        tree.put("seconds", finding.seconds());
        tree.put("variants", finding.summaries().stream().map(RunTree::summary).toList());
        tree.put("effects", finding.effects().stream().map(RunTree::effect).toList());
        tree.put("doubts", doubts(finding.doubts()));
        tree.put("expectations", finding.expectations().stream().map(RunTree::expectation).toList());
        tree.put("card", EvidenceTree.card(card));
        tree.put("evidence", EvidenceTree.of(finding.evidence()));
        return tree;
    }

    private static Finding finding(Tree tree, double confidence) {
        Evidence evidence = EvidenceTree.read(tree);
        return new Finding(tree.text("id"),
                Finding.Status.valueOf(tree.text("status").toUpperCase(java.util.Locale.ROOT)),
                tree.maybe("reason").map(Tree::text), tree.number("seconds"),
                tree.list("variants").stream().map(t -> summary(t, evidence.card(), confidence)).toList(),
                tree.list("effects").stream().map(RunTree::effect).toList(), doubts(tree.at("doubts")),
                tree.list("expectations").stream().map(RunTree::expectation).toList(), evidence);
    }

    private static Map<String, Object> summary(Summary summary) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", summary.variant());
        tree.put("baseline", summary.baseline());
        putValue(tree, summary.headline());
        tree.put("processes", summary.processes());
        tree.put("parameters", summary.parameters());
        tree.put("points", summary.points().stream().map(point -> {
            Map<String, Object> at = fields("at", point.at().at());
            putValue(at, point);
            return at;
        }).toList());
        tree.put("perProcess", summary.perProcess());
        return tree;
    }

    private static Summary summary(Tree tree, Card card, double confidence) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Tree given = tree.at("parameters");
        given.map().keySet().forEach(name -> parameters.put(name, given.text(name)));
        return new Summary(tree.text("name"), tree.flag("baseline"), (int) tree.whole("processes"), parameters,
                value(tree, card.headline(), confidence),
                tree.list("points").stream().map(t -> value(t, point(t.at("at")), confidence)).toList(),
                tree.list("perProcess").stream().map(Tree::number).toList());
    }

    private static void putValue(Map<String, Object> tree, Summary.Value value) {
        tree.put("value", value.value());
        putInterval(tree, value.interval());
    }

    private static Summary.Value value(Tree tree, Point at, double confidence) {
        return new Summary.Value(at, tree.number("value"), interval(tree, confidence));
    }

    /** An end that is not known is left out: JSON has no infinity. */
    private static void putInterval(Map<String, Object> tree, Interval interval) {
        if (Double.isFinite(interval.low())) {
            tree.put("low", interval.low());
        }
        if (Double.isFinite(interval.high())) {
            tree.put("high", interval.high());
        }
    }

    private static Interval interval(Tree tree, double confidence) {
        return new Interval(tree.maybe("low").map(Tree::number).orElse(Double.NEGATIVE_INFINITY),
                tree.maybe("high").map(Tree::number).orElse(Double.POSITIVE_INFINITY), confidence);
    }

    private static Map<String, Object> effect(Effect effect) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("variant", effect.variant());
        tree.put("against", effect.against());
        tree.put("at", effect.at().at());
        tree.put("ratio", effect.ratio());
        putInterval(tree, effect.interval());
        tree.put("confidence", effect.interval().confidence());
        tree.put("verdict", Verdicts.name(effect.verdict()));
        effect.spread().ifPresent(s -> tree.put("spread", s));
        tree.put("blocks", effect.blocks());
        effect.secondsStillNeeded().ifPresent(s -> tree.put("secondsStillNeeded", s));
        return tree;
    }

    private static Effect effect(Tree tree) {
        return new Effect(tree.text("variant"), tree.text("against"), point(tree.at("at")), tree.number("ratio"),
                interval(tree, tree.number("confidence")), tree.maybe("spread").map(Tree::number),
                (int) tree.whole("blocks"),
                Verdicts.ofName(tree.text("verdict")), tree.maybe("secondsStillNeeded").map(Tree::number));
    }

    private static Map<String, Object> expectation(Expectation expectation) {
        Map<String, Object> tree = fields("says", expectation.says());
        expectation.mark().ifPresent(
                m -> tree.put("mark", fields("label", m.label(), "coordinate", m.coordinate(), "at", m.at())));
        return tree;
    }

    private static Expectation expectation(Tree tree) {
        Optional<Expectation.Mark> mark = tree.maybe("mark")
                .map(m -> new Expectation.Mark(m.text("label"), m.text("coordinate"), m.whole("at")));
        return new Expectation(tree.text("says"), mark);
    }

    static Point point(Tree tree) {
        Map<String, Long> at = new LinkedHashMap<>();
        tree.map().keySet().forEach(name -> at.put(name, tree.whole(name)));
        return new Point(at);
    }

    /** A tree of alternating names and values, in that order. */
    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            tree.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return tree;
    }
}
