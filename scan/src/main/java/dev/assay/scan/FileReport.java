package dev.assay.scan;

import java.util.List;

/** What one top-level file gave. */
record FileReport(List<Artifact> artifacts, List<Finding> findings) {
    static final FileReport NOTHING = new FileReport(List.of(), List.of());

    FileReport {
        artifacts = List.copyOf(artifacts);
        findings = List.copyOf(findings);
    }
}
