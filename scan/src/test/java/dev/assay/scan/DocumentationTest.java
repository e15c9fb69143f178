package dev.assay.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void the_guide_holds_the_chapter_of_every_rule_as_the_code_states_it() throws IOException {
        assertThat(Files.readString(Path.of("../docs/scan.md")))
                .as("run: ./assay scan --rules --format markdown, and replace the end of docs/scan.md")
                .endsWith(Rules.markdown());
    }

    @Test
    void rule_ids_are_unique_and_every_field_of_a_chapter_is_filled() {
        assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(Rules.all()).allSatisfy(rule -> {
            assertThat(rule.meaning()).hasSizeGreaterThan(30);
            assertThat(rule.why()).hasSizeGreaterThan(25);
            assertThat(rule.wrong()).isNotBlank();
            assertThat(rule.right()).isNotBlank();
            assertThat(rule.remedy()).endsWith(".");
        });
    }
}
