package dev.assay.report;

import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.report.chart.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A run as one page that holds all it needs: no network, no script. Text, tables and charts are there as soon as the file
 * is; the switch between light and dark is a style rule. The page is well-formed XML as well as HTML.
 */
public final class HtmlReport {
    /** Nothing may be fetched and nothing may run, whatever a name in the run holds. */
    static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private HtmlReport() {}

    /** The page without a drawing of the machine. */
    public static String of(Run run) {
        return of(run, Optional.empty());
    }

    /**
     * The page.
     *
     * @param topology a drawing of the machine as a whole SVG document; shown as a picture, so that its styles and names
     *        stay its own
     */
    public static String of(Run run, Optional<String> topology) {
        DoubtMarks marks = new DoubtMarks(run);
        Markup page = new Markup();
        page.trusted("<!DOCTYPE html>\n").open("html", "lang", "en");
        head(page, run);
        page.open("body");
        page.leaf("a", "Skip to the results", "class", "skip", "href", "#results");
        header(page, run);
        page.open("main");
        HtmlSummary.write(page, run, marks);
        HtmlMachine.write(page, run, topology);
        for (Finding finding : run.findings()) {
            new HtmlFinding(run, finding, marks).write(page);
        }
        HtmlMethod.write(page, run);
        page.close();
        page.open("footer").text("Run " + run.id() + " · written by Assay · every figure above is in run.json beside"
                + " this page, with the block and the process that it comes from").close();
        return page.close().close().toString() + "\n";
    }

    private static void head(Markup page, Run run) {
        page.open("head").empty("meta", "charset", "utf-8").empty("meta", "name", "viewport", "content",
                "width=device-width, initial-scale=1").empty("meta", "http-equiv", "Content-Security-Policy", "content",
                        POLICY)
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .leaf("title", "Assay run " + run.id()).open("style").trusted(style()).close().close();
    }

    private static void header(Markup page, Run run) {
        page.open("header", "class", "top").open("div", "class", "bar");
        page.open("p", "class", "brand").leaf("strong", "Assay").text(" what this machine does to a program").close();
        page.open("fieldset", "class", "theme").leaf("legend", "Colours");
        theme(page, "auto", "Auto", true);
        theme(page, "light", "Light", false);
        theme(page, "dark", "Dark", false);
        page.close().close();
        page.leaf("h1", title(run));
        page.leaf("p", "Run " + run.id() + " · " + Wording.started(run) + " · budget "
                + Wording.duration(run.settings().budget().toMillis() / 1e3), "class", "sub");
        page.close();
    }

    static void theme(Markup page, String id, String says, boolean chosen) {
        page.open("label").empty("input", "type", "radio", "name", "theme", "id", "theme-" + id, "checked",
                chosen ? "checked" : null).leaf("span", says).close();
    }

    private static String title(Run run) {
        String machine = new MachineBrief(run.machine()).name().orElse("this machine");
        long measured = Wording.count(run, Finding.Status.MEASURED);
        if (run.settings().control()) {
            return "Control run on " + machine;
        }
        return Wording.count(measured, "experiment") + " on " + machine;
    }

    /** The style sheet, with the colours in the places that their names hold. */
    static String style() {
        return resource("report.css").replace("/* light.css */", resource("light.css")).replace("/* dark.css */",
                resource("dark.css"));
    }

    static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is part of Assay and cannot be read; build again", e);
        }
    }
}
