package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.lab.Archive;
import dev.assay.lab.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@code run.json}, held against what the archive writes. */
final class RunSchemaTest {
    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try {
            // Tests run in their module's folder.
            String text = Files.readString(Path.of("..", "docs", "schemas", "run.json"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text,
                    InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError("docs/schemas/run.json cannot be read from " + Path.of("").toAbsolutePath(), e);
        }
    }

    private static List<Error> errors(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }

    @Test
    void aRunWithEveryKindOfExperimentFollowsTheSchema() {
        assertThat(errors(Archive.json(SampleRun.whole()))).isEmpty();
    }

    @Test
    void anEmptyRunFollowsTheSchema() {
        Run empty = new Run("empty", SampleRun.whole().started(), 0, SampleRun.settings(), Map.of(), List.of(),
                List.of());
        assertThat(errors(Archive.json(empty))).isEmpty();
    }

    @Test
    void anUnboundedIntervalFollowsTheSchema() {
        Run whole = SampleRun.of(List.of(SampleRun.falseSharing(), SampleRun.many(3)));
        String json = Archive.json(whole).replaceAll("\"(low|high)\" : [-0-9.E]+,\\s*", "");
        assertThat(errors(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema", "run", "started", "settings", "machine", "experiments", "question", "status",
        "metric", "unit", "better", "blocks", "discarded", "seconds", "variants", "baseline", "value", "processes",
        "parameters", "effects", "ratio", "confidence", "verdict", "doubts", "kind", "says", "remedy", "evidence",
        "surroundings", "trials", "pid", "outcome", "observed"})
    void aMissingFieldIsFound(String field) {
        String json = Archive.json(SampleRun.of(List.of(SampleRun.falseSharing())));
        assertThat(errors(json)).isEmpty();
        assertThat(errors(json.replace("\"" + field + "\" :", "\"other\" :"))).isNotEmpty();
    }

    @Test
    void aMeasuredExperimentNeedsVariantsAndAnotherAReason() {
        String untestable = Archive.json(SampleRun.of(List.of(SampleRun.numa())));
        assertThat(errors(untestable)).isEmpty();
        assertThat(errors(untestable.replace("\"untestable\"", "\"measured\""))).isNotEmpty();
        assertThat(errors(untestable.replace("\"reason\"", "\"why\""))).isNotEmpty();
    }
}
