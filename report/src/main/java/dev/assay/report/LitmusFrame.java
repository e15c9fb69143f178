package dev.assay.report;

import dev.assay.litmus.RunDoubt;
import dev.assay.report.chart.Markup;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** What all pages about litmus tests share: head, header, pictures, doubts. */
final class LitmusFrame {
    private LitmusFrame() {}

    /** A whole page around {@code body}. */
    static String page(String title, String sub, Consumer<Markup> body) {
        Markup page = new Markup();
        page.trusted("<!DOCTYPE html>\n").open("html", "lang", "en");
        page.open("head").empty("meta", "charset", "utf-8").empty("meta", "name", "viewport", "content",
                "width=device-width, initial-scale=1").empty("meta", "http-equiv", "Content-Security-Policy", "content",
                        HtmlReport.POLICY)
                .empty("meta", "name", "color-scheme", "content", "light dark").leaf("title", "Assay: " + title)
                .open("style").trusted(HtmlReport.style() + HtmlReport.resource("litmus.css")).close().close();
        page.open("body").leaf("a", "Skip to the results", "class", "skip", "href", "#results");
        page.open("header", "class", "top").open("div", "class", "bar");
        page.open("p", "class", "brand").leaf("strong", "Assay").text(" what this machine does to a program").close();
        page.open("fieldset", "class", "theme").leaf("legend", "Colours");
        HtmlReport.theme(page, "auto", "Auto", true);
        HtmlReport.theme(page, "light", "Light", false);
        HtmlReport.theme(page, "dark", "Dark", false);
        page.close().close();
        page.leaf("h1", title).leaf("p", sub, "class", "sub").close();
        page.open("main", "id", "results");
        body.accept(page);
        page.close();
        page.open("footer").text("Written by Assay. The page holds no script and fetches nothing.").close();
        return page.close().close().toString() + "\n";
    }

    /** A drawing as a picture, so that its styles and names stay its own. */
    static void picture(Markup page, String svg, String says) {
        String data = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        page.open("figure", "class", "drawing").empty("img", "src", "data:image/svg+xml;base64," + data, "alt", says)
                .leaf("figcaption", says).close();
    }

    /** What a test or an experiment is doubted for, with the remedies. */
    static void doubts(Markup page, List<RunDoubt> doubts) {
        if (doubts.isEmpty()) {
            return;
        }
        page.open("dl", "class", "doubts");
        for (RunDoubt doubt : doubts) {
            page.open("div").leaf("dt", doubt.kind().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')).open("dd")
                    .text(Wording.sentence(doubt.says()) + " ")
                    .leaf("span", "Remedy: " + Wording.sentence(doubt.remedy()), "class", "remedy").close().close();
        }
        page.close();
    }

    /** A cell that says whether the model allows something. */
    static void verdict(Markup page, boolean allowed, boolean seen) {
        page.open("td").leaf("span", allowed ? "allowed" : "forbidden", "class",
                "chip " + (allowed ? "equivalent" : seen ? "failed" : "untestable")).close();
    }

    /** A cell with a number, and its share of the whole as a bar behind it. */
    static void count(Markup page, long count, long whole) {
        double share = whole == 0 ? 0 : 100.0 * count / whole;
        page.leaf("td", String.format(java.util.Locale.ROOT, "%,d", count), "class", "n share", "style",
                String.format(java.util.Locale.ROOT, "--share:%.2f%%", share));
    }

    /** The file of a test, folded away. */
    static void source(Markup page, String text) {
        page.open("details").leaf("summary", "The test").leaf("pre", text).close();
    }

    /** A name as an anchor. */
    static String anchor(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
