package dev.assay.scan;

import java.util.List;

/**
 * The answer of one scan.
 *
 * @param artifacts
 *            every artifact in the order in which it was met, nested ones after the one that holds them
 * @param findings
 *            sorted by severity, then by place
 * @param accepted
 *            how many findings the baseline took away
 * @param files
 *            how many files were looked at
 * @param bytes
 *            their size together
 */
public record ScanReport(Target target, List<Artifact> artifacts, List<Finding> findings, int accepted, long files,
        long bytes) {
    public ScanReport {
        artifacts = List.copyOf(artifacts);
        findings = List.copyOf(findings);
    }

    /** Whether anything was found that makes a scan answer with exit code 1. */
    public boolean hasFinding() {
        return findings.stream().anyMatch(Finding::counts);
    }

    /** Without the findings that the baseline accepts; they are only counted. */
    public ScanReport without(Baseline baseline) {
        List<Finding> open = findings.stream().filter(finding -> !baseline.accepts(finding)).toList();
        return new ScanReport(target, artifacts, open, accepted + findings.size() - open.size(), files, bytes);
    }
}
