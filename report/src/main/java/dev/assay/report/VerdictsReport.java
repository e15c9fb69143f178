package dev.assay.report;

import dev.assay.decide.Claim;
import dev.assay.decide.ClaimVerdict;
import dev.assay.decide.ClaimVerdict.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Verdicts about claims for the terminal, as Markdown and as the contract <em>verdicts</em>; and a book of claims. */
public final class VerdictsReport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private VerdictsReport() {}

    public static String json(List<ClaimVerdict> verdicts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "assay.verdicts/1");
        tree.put("verdicts", verdicts.stream().map(VerdictsReport::tree).toList());
        tree.put("exit", ClaimVerdict.exit(verdicts));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    private static Map<String, Object> tree(ClaimVerdict verdict) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("claim", verdict.claim().id());
        tree.put("says", verdict.claim().says());
        tree.put("source", verdict.claim().source());
        tree.put("place", verdict.claim().place());
        tree.put("verdict", verdict.kind().id());
        tree.put("reason", verdict.reason());
        verdict.effect().ifPresent(e -> {
            Map<String, Object> effect = new LinkedHashMap<>();
            effect.put("what", e.what());
            effect.put("value", e.value());
            if (e.what().startsWith("ratio")) {
                effect.put("ratio", e.value());
            }
            effect.put("low", Double.isFinite(e.interval().low()) ? e.interval().low() : null);
            effect.put("high", Double.isFinite(e.interval().high()) ? e.interval().high() : null);
            effect.put("confidence", e.interval().confidence());
            tree.put("effect", effect);
        });
        tree.put("processes", verdict.processes());
        tree.put("doubts", ComparisonJson.doubts(verdict.doubts()));
        tree.put("run", verdict.run().orElse(null));
        return tree;
    }

    /** A table for the terminal: what was tested first, what could not be at the end, in short. */
    public static String table(List<ClaimVerdict> verdicts, int columns) {
        List<String> lines = new ArrayList<>();
        lines.add(summary(verdicts));
        for (Kind kind : Kind.values()) {
            List<ClaimVerdict> of = verdicts.stream().filter(v -> v.kind() == kind).toList();
            if (of.isEmpty()) {
                continue;
            }
            lines.add("");
            lines.add(kind.id().replace('-', ' ') + " (" + of.size() + ")");
            for (ClaimVerdict verdict : of) {
                lines.addAll(Ink.wrap(Ink.safe(verdict.claim().id() + ": " + verdict.claim().says()), columns, "  ",
                        "    "));
                lines.addAll(Ink.wrap(Ink.safe(verdict.reason()), columns, "    → ", "      "));
            }
        }
        return String.join("\n", lines);
    }

    public static String markdown(List<ClaimVerdict> verdicts) {
        List<String> lines = new ArrayList<>(List.of("### Assay: " + summary(verdicts), "",
                "| claim | says | verdict | because | processes |", "|---|---|---|---|--:|"));
        for (ClaimVerdict verdict : verdicts) {
            String kind = verdict.kind() == Kind.REFUTED ? "**refuted**" : verdict.kind().id();
            lines.add("| "
                    + String.join(" | ", verdict.claim().id(), MarkdownReport.plain(verdict.claim().says()), kind,
                            MarkdownReport.plain(verdict.reason()),
                            verdict.processes() == 0 ? "" : "" + verdict.processes())
                    + " |");
        }
        return String.join("\n", lines);
    }

    private static String summary(List<ClaimVerdict> verdicts) {
        List<String> parts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            long n = verdicts.stream().filter(v -> v.kind() == kind).count();
            if (n > 0) {
                parts.add(n + " " + kind.id().replace('-', ' '));
            }
        }
        return Wording.count(verdicts.size(), "claim") + ": " + String.join(", ", parts) + ".";
    }

    /** The page of a claim book, {@code docs/claims.md}. */
    public static String book(List<Claim> claims) {
        List<String> lines = new ArrayList<>(List.of("# The claim book", "",
                "Made from `claims/catalogue.yaml` by `assay check --list --format markdown > docs/claims.md`; do not edit.",
                "",
                "Figures that were published elsewhere, to be checked on the machine at hand by `assay check`. How claims are"
                        + " written and judged: [decide.md](decide.md#claims).",
                "", "## Testable", "", "| claim | says | source | asks | where |", "|---|---|---|---|---|"));
        for (Claim claim : claims) {
            if (claim.untestable().isEmpty()) {
                String asks = claim.subject().orElseThrow() instanceof Claim.Subject.OfExperiment e
                        ? e.experiment()
                        : "ab";
                lines.add("| " + String.join(" | ", claim.id(), MarkdownReport.plain(claim.says()),
                        MarkdownReport.plain(claim.source()), asks,
                        MarkdownReport.plain(String.join(", ",
                                new java.util.TreeMap<>(claim.where()).entrySet().stream()
                                        .map(e -> e.getKey() + " " + e.getValue()).toList())))
                        + " |");
            }
        }
        lines.addAll(List.of("", "## Not testable yet", "", "| claim | says | reason |", "|---|---|---|"));
        for (Claim claim : claims) {
            claim.untestable().ifPresent(reason -> lines.add("| " + claim.id() + " | "
                    + MarkdownReport.plain(claim.says()) + " | " + MarkdownReport.plain(reason) + " |"));
        }
        return String.join("\n", lines);
    }
}
