package dev.assay.scan;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code assay.findings/1}; apart from its writer, which starts faster without a mapper. */
public final class WrittenFindings {
    private static final JsonMapper MAPPER = new JsonMapper();

    private WrittenFindings() {}

    /** What {@link FindingsJson} wrote. */
    public static ScanReport of(String json) {
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
}
