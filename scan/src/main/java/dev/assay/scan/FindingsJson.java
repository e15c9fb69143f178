package dev.assay.scan;

import java.io.Writer;

/** The contract {@code assay.findings/1}; docs/schemas/findings-1.json describes it. */
public final class FindingsJson {
    private FindingsJson() {}

    /** Writes the report; the writer stays open. */
    public static void write(ScanReport report, Writer out) {
        try (JsonText json = new JsonText(out)) {
            json.object(() -> {
                json.strings("schema", "assay.findings/1", "target", report.target().label());
                json.number("files", report.files());
                json.number("bytes", report.bytes());
                json.number("accepted", report.accepted());
                json.objects("artifacts", report.artifacts(), artifact -> {
                    json.strings("path", artifact.path(), "status", artifact.status().label());
                    json.objects("evidence", artifact.evidence(),
                            evidence -> json.strings("path", evidence.path(), "says", evidence.says()));
                });
                json.objects("findings", report.findings(),
                        finding -> json.strings("rule", finding.rule(), "severity", finding.severity().label(),
                                "confidence", finding.confidence().label(), "artifact", finding.artifact(),
                                "location", finding.location(), "says", finding.says(), "remedy", finding.remedy()));
            });
        }
    }
}
