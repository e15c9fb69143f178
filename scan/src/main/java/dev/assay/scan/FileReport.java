package dev.assay.scan;

import java.util.List;
import java.util.Map;

/**
 * What one top-level file gave.
 *
 * @param coordinates
 *            group:artifact:version by path, of the artifacts that carry them
 */
record FileReport(List<Artifact> artifacts, List<Finding> findings, Map<String, String> coordinates) {
    FileReport {
        artifacts = List.copyOf(artifacts);
        findings = List.copyOf(findings);
        coordinates = Map.copyOf(coordinates);
    }
}
