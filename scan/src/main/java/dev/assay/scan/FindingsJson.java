package dev.assay.scan;

import java.io.Writer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.ObjectWriteContext;

/** The contract {@code assay.findings/1}; docs/schemas/findings-1.json describes it. */
public final class FindingsJson {
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
