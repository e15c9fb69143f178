package dev.assay.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.Card;
import dev.assay.lab.Experiment;
import dev.assay.lab.Requirement;
import dev.assay.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in docs/experiments come from the cards; {@code -Dassay.write-docs=true} writes them anew. */
class DocumentsTest {
    private static final Path CHECKOUT = checkout();
    private static final Path PAGES = CHECKOUT.resolve("docs/experiments");
    private static final String COMMAND = "mvn -q -pl experiments -am test -Dtest=DocumentsTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dassay.write-docs=true";

    private static Path checkout() {
        Path path = Path.of("").toAbsolutePath();
        return Files.isDirectory(path.resolve("docs")) ? path : path.getParent();
    }

    @Test
    void thePagesSayWhatTheCardsSay() throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        StringBuilder index = new StringBuilder("# The experiments\n\nOne page each, made from the chapters by `"
                + COMMAND + "`.\n\n| experiment | question | figure |\n|---|---|---|\n");
        for (Experiment chapter : Catalogue.all()) {
            Card card = chapter.card();
            pages.put(card.id() + ".md", page(chapter));
            index.append("| [").append(card.id()).append("](").append(card.id()).append(".md) | ")
                    .append(card.question()).append(" | ").append(card.metric().name()).append(", ")
                    .append(card.metric().unit()).append(" |\n");
        }
        pages.put("README.md", index.toString());
        if (Boolean.getBoolean("assay.write-docs")) {
            Files.createDirectories(PAGES);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
            }
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Path file = PAGES.resolve(page.getKey());
            assertThat(file).as("missing; write it with: %s", COMMAND).exists();
            assertThat(Files.readString(file)).as("%s is stale; write it with: %s", file, COMMAND)
                    .isEqualTo(page.getValue());
        }
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(f -> f.getFileName().toString())).as("pages without a chapter")
                    .containsExactlyInAnyOrderElementsOf(pages.keySet());
        }
    }

    private static String page(Experiment chapter) {
        Card card = chapter.card();
        String needs = card.requirements().stream().map(Requirement::says).collect(Collectors.joining(", "));
        return "# " + card.id() + "\n\n**" + card.question() + "**\n\n" + card.why() + "\n\n| | |\n|---|---|\n"
                + "| varied | " + card.varied() + " |\n| held | " + card.held() + " |\n| measured | "
                + card.metric().name() + " in " + card.metric().unit() + ", "
                + card.metric().better().toString().toLowerCase(java.util.Locale.ROOT) + " is better |\n| headline | "
                + (card.headline().at().isEmpty() ? "the trial's one figure" : "at `" + card.headline() + "`") + " |\n"
                + (card.compared().isEmpty()
                        ? ""
                        : "| compared also at | " + card.compared().stream().map(p -> "`" + p + "`")
                                .collect(Collectors.joining("; ")) + " |\n")
                + "| needs | " + (needs.isEmpty() ? "nothing beyond a JDK" : needs) + " |\n| a trial measures for | "
                + card.trial().toMillis() + " ms |\n\nRun it: `assay run " + card.id()
                + "`. What this machine leads one"
                + " to expect stands beside the figures in its report.\n\nThe chapter: [" + chapter.getClass()
                        .getSimpleName()
                + ".java](../../experiments/src/main/java/dev/assay/experiments/" + chapter.getClass().getSimpleName()
                + ".java)\n";
    }

    @Test
    void theGuidesSampleIsTheSampleThatIsTested() throws IOException {
        String sample = Files.readString(CHECKOUT.resolve(
                "experiments/src/test/java/dev/assay/experiments/SampleChapter.java"));
        assertThat(Files.readString(CHECKOUT.resolve("docs/adding-an-experiment.md")))
                .as("docs/adding-an-experiment.md quotes SampleChapter.java whole").contains(sample.strip());
    }

    @Test
    void theGuidesSampleRuns(@TempDir Path desk) throws Exception {
        SampleChapter chapter = new SampleChapter();
        for (var variant : chapter.variants(Machine.read())) {
            TinyTrial trial = TinyTrial.run(chapter, variant, Files.createDirectories(desk.resolve(variant.name())));
            assertThat(trial.lines("check")).as(trial.output()).hasSize(1).allMatch(line -> line.endsWith("kept"));
        }
    }
}
