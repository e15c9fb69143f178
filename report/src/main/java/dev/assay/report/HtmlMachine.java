package dev.assay.report;

import dev.assay.lab.Run;
import dev.assay.report.chart.Markup;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machine: in brief, what of it hurts measurement, its drawing, and the whole sheet to open. */
final class HtmlMachine {
    private static final int DEEPEST = 12;

    private HtmlMachine() {}

    static void write(Markup page, Run run, Optional<String> topology) {
        MachineBrief brief = new MachineBrief(run.machine());
        page.open("section", "id", "machine", "aria-labelledby", "machine-title");
        page.leaf("h2", "The machine", "id", "machine-title");
        if (brief.empty()) {
            page.leaf("p", "This run holds no machine sheet; `assay machine` prints one.", "class", "note");
        } else {
            page.open("dl", "class", "sheet");
            brief.lines().forEach((label, text) -> page.open("div").leaf("dt", label).leaf("dd", text).close());
            page.close();
            advice(page, brief.advice());
        }
        topology.ifPresent(svg -> page.open("figure", "class", "topology").open("div", "class", "scroll", "tabindex",
                "0", "role", "region", "aria-label", "Topology").trusted(picture(svg)).close()
                .leaf("figcaption", "Packages, caches, cores and processors, as the kernel describes them").close());
        if (!brief.empty()) {
            page.open("details").leaf("summary", "The whole sheet, as it was read");
            tree(page, run.machine(), 0);
            page.close();
        }
        page.close();
    }

    /** As a picture, the drawing keeps its styles to itself and can run nothing. */
    private static String picture(String svg) {
        String data = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        return "<img alt=\"Topology of the machine\" src=\"data:image/svg+xml;base64," + data + "\"/>";
    }

    private static void advice(Markup page, List<MachineBrief.Advice> advice) {
        if (advice.isEmpty()) {
            return;
        }
        page.leaf("h3", "What on this machine disturbs measurement").open("ul", "class", "advice");
        for (MachineBrief.Advice one : advice) {
            page.open("li").leaf("strong", Wording.sentence(one.finding())).text(" " + Wording.sentence(one.why())
                    + " ").leaf("span", Wording.sentence(one.remedy()), "class", "remedy").close();
        }
        page.close();
    }

    private static void tree(Markup page, Object value, int depth) {
        if (depth > DEEPEST) {
            page.text("…");
            return;
        }
        switch (value) {
            case Map<?, ?> map -> {
                page.open("ul", "class", "tree");
                map.forEach((name, inside) -> {
                    page.open("li").leaf("span", String.valueOf(name), "class", "key").text(" ");
                    tree(page, inside, depth + 1);
                    page.close();
                });
                page.close();
            }
            case List<?> list when list.stream().noneMatch(o -> o instanceof Map || o instanceof List) ->
                page.text(String.join(", ", list.stream().map(String::valueOf).toList()));
            case List<?> list -> {
                page.open("ol", "class", "tree");
                list.forEach(inside -> {
                    page.open("li");
                    tree(page, inside, depth + 1);
                    page.close();
                });
                page.close();
            }
            case null -> page.text("unknown");
            default -> page.text(String.valueOf(value));
        }
    }
}
