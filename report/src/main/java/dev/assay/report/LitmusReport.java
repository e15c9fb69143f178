package dev.assay.report;

import dev.assay.litmus.Answer;
import dev.assay.litmus.Composite;
import dev.assay.litmus.JavaComposite;
import dev.assay.litmus.JavaObservation;
import dev.assay.litmus.ObservedTest;
import dev.assay.report.chart.Markup;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Litmus tests as pages that hold all they need: what the model says and what was seen side by side, executions drawn, maps of tearing.
 * Each method is a function from results to the text of a page.
 */
public final class LitmusReport {
    private static final int MOST_DRAWINGS = 400;

    private LitmusReport() {}

    /** What models say of tests. */
    public static String allowed(List<Answer> answers) {
        return LitmusFrame.page(count(answers.size(), "litmus test") + ", decided", models(answers.stream()
                .map(Answer::model).distinct().toList()), page -> {
                    section(page, "", "All tests");
                    HtmlTables.open(page, "Each test's question, and whether the model lets it happen", "test",
                            "question",
                            "model", "the marked outcome", "#states");
                    for (Answer answer : answers) {
                        page.open("tr").open("th", "scope", "row")
                                .leaf("a", answer.test(), "href", "#" + LitmusFrame.anchor(answer.test())).close()
                                .leaf("td", answer.condition(), "class", "code").leaf("td", answer.model());
                        LitmusFrame.verdict(page, !answer.observation().equals("Never"), false);
                        page.leaf("td", String.valueOf(answer.states().size()), "class", "n").close();
                    }
                    HtmlTables.close(page);
                    page.close();
                    for (int i = 0; i < answers.size(); i++) {
                        answer(page, answers.get(i), i < MOST_DRAWINGS);
                    }
                });
    }

    private static void answer(Markup page, Answer answer, boolean draws) {
        section(page, answer.architecture() + " · model " + answer.model(), answer.test());
        page.leaf("p", answer.condition() + ": " + (answer.holds() ? "holds" : "does not hold")
                + ". The marked outcome is " + switch (answer.observation()) {
                    case "Never" -> "forbidden.";
                    case "Always" -> "the only one.";
                    default -> "allowed.";
                }, "class", "answer");
        HtmlTables.open(page, "Final states that the model allows", "state", "is the marked outcome");
        answer.states().forEach((state, fulfils) -> page.open("tr").leaf("td", state, "class", "state")
                .leaf("td", fulfils ? "yes" : "").close());
        HtmlTables.close(page);
        if (draws) {
            answer.graphSvg().ifPresent(svg -> LitmusFrame.picture(page, svg, explains(answer)));
        }
        if (!answer.doubts().isEmpty()) {
            page.open("ul", "class", "plain");
            answer.doubts().forEach(doubt -> page.leaf("li", "Doubt: " + doubt));
            page.close();
        }
        page.close();
    }

    private static String explains(Answer answer) {
        return answer.observation().equals("Never")
                ? "An execution that would end so. The thick arrows close a cycle that the model forbids."
                : "An execution that ends so.";
    }

    /**
     * What a processor showed.
     *
     * @param explained the model's answer to each test, with a drawing, by the test's name
     */
    public static String observed(List<ObservedTest> tests, Map<String, Answer> explained) {
        return LitmusFrame.page(count(tests.size(), "litmus test") + " on the processor",
                models(tests.stream().map(ObservedTest::model).distinct().toList()), page -> {
                    overview(page, tests);
                    for (ObservedTest test : tests) {
                        heading(page, test);
                        outcomes(page, test);
                        rest(page, test, Optional.ofNullable(explained.get(test.name())));
                    }
                });
    }

    /** What Java code showed, by mix of interpreter and compilers; {@code explained} as for {@link #observed}. */
    public static String java(List<JavaObservation> tests, Map<String, Answer> explained) {
        return LitmusFrame.page(count(tests.size(), "Java litmus test"),
                models(tests.stream().map(t -> t.whole().model()).distinct().toList())
                        + " · every mix of interpreter, C1 and C2 in a process of its own",
                page -> {
                    overview(page, tests.stream().map(JavaObservation::whole).toList());
                    for (JavaObservation test : tests) {
                        heading(page, test.whole());
                        outcomes(page, test.whole());
                        mixes(page, test);
                        rest(page, test.whole(), Optional.ofNullable(explained.get(test.whole().name())));
                    }
                });
    }

    private static void overview(Markup page, List<ObservedTest> tests) {
        section(page, "", "All tests");
        HtmlTables.open(page, "The outcome that each test asks for or that sequential consistency does not allow",
                "test", "question", "interesting outcomes", "#seen", "#instances", "contradiction");
        for (ObservedTest test : tests) {
            List<ObservedTest.Outcome> interesting = test.outcomes().stream()
                    .filter(ObservedTest.Outcome::interesting).toList();
            page.open("tr").open("th", "scope", "row")
                    .leaf("a", test.name(), "href", "#" + LitmusFrame.anchor(test.name())).close();
            page.leaf("td", test.condition(), "class", "code");
            page.leaf("td", interesting.stream().map(ObservedTest.Outcome::state).collect(Collectors.joining(" or ")),
                    "class", "state");
            LitmusFrame.count(page, interesting.stream().mapToLong(ObservedTest.Outcome::count).sum(),
                    test.instances());
            page.leaf("td", String.format(Locale.ROOT, "%,d", test.instances()), "class", "n");
            page.open("td");
            if (test.contradictsModel()) {
                page.leaf("span", "forbidden outcome seen", "class", "chip failed");
            } else {
                page.text(test.refusal().isPresent() ? "not run" : "none");
            }
            page.close().close();
        }
        HtmlTables.close(page);
        page.close();
    }

    private static void heading(Markup page, ObservedTest test) {
        section(page, test.architecture() + " · model " + test.model(), test.name());
        page.leaf("p", test.refusal().map(reason -> "Not run: " + reason).orElseGet(() -> test.condition() + ". "
                + String.format(Locale.ROOT, "%,d instances in %.1f s.", test.instances(), test.seconds())), "class",
                "answer");
    }

    private static void outcomes(Markup page, ObservedTest test) {
        if (test.outcomes().isEmpty()) {
            return;
        }
        HtmlTables.open(page, "Model and observation side by side", "outcome", "model", "#seen", "");
        for (ObservedTest.Outcome outcome : test.outcomes()) {
            page.open("tr").leaf("td", outcome.state(), "class", "state");
            LitmusFrame.verdict(page, outcome.allowed(), outcome.count() > 0);
            LitmusFrame.count(page, outcome.count(), test.instances());
            page.leaf("td", outcome.interesting() ? "interesting" : "").close();
        }
        HtmlTables.close(page);
    }

    /** How often each mix showed each outcome, as a share of the mix's own instances. */
    private static void mixes(Markup page, JavaObservation test) {
        List<JavaObservation.Seen> ran = test.mixes().stream().filter(mix -> mix.refusal().isEmpty()).toList();
        if (ran.isEmpty()) {
            return;
        }
        String caption = "Share of each outcome by what executed the actors, in percent";
        page.open("div", "class", "scroll mixes", "tabindex", "0", "role", "region", "aria-label", caption)
                .open("table")
                .leaf("caption", caption);
        List<String> columns = new java.util.ArrayList<>(List.of("outcome"));
        ran.forEach(mix -> columns.add("#" + mix.mix().words()));
        HtmlTables.head(page, columns.toArray(String[]::new));
        page.open("tbody");
        for (ObservedTest.Outcome outcome : test.whole().outcomes()) {
            page.open("tr").leaf("td", outcome.state(), "class", "state");
            for (JavaObservation.Seen mix : ran) {
                long count = mix.counts().getOrDefault(outcome.state(), 0L);
                double share = 100.0 * count / Math.max(1, mix.instances());
                page.leaf("td", count == 0 ? "0" : String.format(Locale.ROOT, share < 0.001 ? "%.1e" : "%.3f", share),
                        "class", "n share", "style", String.format(Locale.ROOT, "--share:%.2f%%", share));
            }
            page.close();
        }
        HtmlTables.close(page);
    }

    private static void rest(Markup page, ObservedTest test, Optional<Answer> explained) {
        explained.ifPresent(answer -> answer.graphSvg()
                .ifPresent(svg -> LitmusFrame.picture(page, svg, explains(answer))));
        LitmusFrame.doubts(page, test.doubts());
        LitmusFrame.source(page, test.text());
        page.close();
    }

    /** Designs of two locations that must change together: in Java, then as machine code beside the model. */
    public static String composite(List<JavaComposite.Candidate> java, List<Composite.Candidate> machine) {
        return LitmusFrame.page("Two locations that must change together",
                "A map entry and its version number: which designs give a reader a torn pair?", page -> {
                    section(page, "Java", "What a reader saw");
                    HtmlTables.open(page, "A writer changes both without end while a reader asks for both", "design",
                            "#torn pairs", "#pairs read", "#read again", "#changes seen", "holds");
                    for (JavaComposite.Candidate c : java) {
                        page.open("tr").open("th", "scope", "row").text(c.name())
                                .leaf("span", " " + c.says(), "class", "quiet").close();
                        LitmusFrame.count(page, c.torn(), c.tries());
                        numbers(page, c.tries(), c.again(), c.changes());
                        holds(page, c.holds());
                    }
                    HtmlTables.close(page);
                    page.open("div", "class", "charts");
                    java.forEach(c -> c.svg().ifPresent(svg -> LitmusFrame.picture(page, svg,
                            "How the first torn pair came about under “" + c.name() + "”.")));
                    page.close().close();
                    section(page, "machine code", "The same as litmus tests");
                    HtmlTables.open(page, "Whether the model allows the torn pair, and whether the processor shows it",
                            "design", "model", "#torn pairs", "#instances", "holds");
                    for (Composite.Candidate c : machine) {
                        page.open("tr").open("th", "scope", "row").text(c.name())
                                .leaf("span", " " + c.says(), "class", "quiet").close();
                        LitmusFrame.verdict(page, c.tornAllowed(), c.torn() > 0);
                        LitmusFrame.count(page, c.torn(), c.observed().instances());
                        numbers(page, c.observed().instances());
                        holds(page, c.holds());
                    }
                    HtmlTables.close(page);
                    page.open("div", "class", "charts");
                    machine.forEach(c -> c.svg().ifPresent(svg -> LitmusFrame.picture(page, svg,
                            c.name() + (c.tornAllowed()
                                    ? ": an execution with a torn pair."
                                    : ": why there is no torn pair. The thick arrows close a cycle."))));
                    page.close().close();
                });
    }

    private static void numbers(Markup page, long... numbers) {
        for (long number : numbers) {
            page.leaf("td", String.format(Locale.ROOT, "%,d", number), "class", "n");
        }
    }

    private static void holds(Markup page, boolean holds) {
        page.open("td").leaf("span", holds ? "holds" : "does not hold", "class",
                "chip " + (holds ? "equivalent" : "failed")).close().close();
    }

    /** Which accesses to memory are whole, from the JSON that {@code assay litmus tearing} writes. */
    public static String tearing(String json) {
        return new TearingPage(json).page();
    }

    private static void section(Markup page, String id, String title) {
        page.open("section", "id", LitmusFrame.anchor(title));
        if (!id.isEmpty()) {
            page.leaf("p", id, "class", "id");
        }
        page.leaf("h2", title);
    }

    private static String models(List<String> names) {
        return (names.size() == 1 ? "model " : "models ") + String.join(", ", names);
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
