package dev.assay.scan;

import java.io.Writer;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.json.JsonMapper;

/** The contract {@code assay.findings/1}; docs/schemas/findings-1.json describes it. */
public final class FindingsJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private FindingsJson() {}

    /** Writes the report; the writer stays open. */
    public static void write(ScanReport report, Writer out) {
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("schema", "assay.findings/1");
            json.writeStringProperty("target", report.target().label());
            json.writeNumberProperty("files", report.files());
            json.writeNumberProperty("bytes", report.bytes());
            json.writeNumberProperty("accepted", report.accepted());
            json.writeArrayPropertyStart("artifacts");
            for (Artifact artifact : report.artifacts()) {
                json.writeStartObject();
                json.writeStringProperty("path", artifact.path());
                json.writeStringProperty("status", artifact.status().label());
                json.writeArrayPropertyStart("evidence");
                for (Evidence evidence : artifact.evidence()) {
                    json.writeStartObject();
                    json.writeStringProperty("path", evidence.path());
                    json.writeStringProperty("says", evidence.says());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("findings");
            for (Finding finding : report.findings()) {
                json.writeStartObject();
                json.writeStringProperty("rule", finding.rule());
                json.writeStringProperty("severity", finding.severity().label());
                json.writeStringProperty("confidence", finding.confidence().label());
                json.writeStringProperty("artifact", finding.artifact());
                json.writeStringProperty("location", finding.location());
                json.writeStringProperty("says", finding.says());
                json.writeStringProperty("remedy", finding.remedy());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** What {@link #write} wrote. */
    public static ScanReport read(String json) {
        try {
            Written read = MAPPER.readValue(json, Written.class);
            return new ScanReport(Target.of(read.target),
                    read.artifacts.stream().map(WrittenArtifact::artifact).toList(),
                    read.findings.stream().map(WrittenFinding::finding).toList(), read.accepted, read.files,
                    read.bytes);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ScanException.Usage("Findings must follow assay.findings/1; these do not (" + e.getMessage()
                    + "). Write them with assay scan --format json.");
        }
    }

    private record Written(String schema, String target, long files, long bytes, int accepted,
            List<WrittenArtifact> artifacts, List<WrittenFinding> findings) {}

    private record WrittenArtifact(String path, String status, List<Evidence> evidence) {
        Artifact artifact() {
            return new Artifact(path, Status.of(status), evidence);
        }
    }

    private record WrittenFinding(String rule, String severity, String confidence, String artifact, String location,
            String says, String remedy) {
        Finding finding() {
            return new Finding(rule, Severity.of(severity),
                    Confidence.of(confidence), artifact, location, says, remedy);
        }
    }

    static JsonGenerator generator(Writer out) {
        PrettyPrinter printer = new DefaultPrettyPrinter();
        return JsonFactory.builder().disable(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET).build()
                .createGenerator(new ObjectWriteContext.Base() {
                    @Override
                    public PrettyPrinter getPrettyPrinter() {
                        return printer;
                    }
                }, out);
    }
}
