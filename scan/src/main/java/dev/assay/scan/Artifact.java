package dev.assay.scan;

import java.util.List;

/**
 * The answer for one artifact.
 *
 * @param path
 *            the file, nested archives by {@code !/}
 * @param evidence
 *            what the status rests on; never empty
 */
public record Artifact(String path, Status status, List<Evidence> evidence) {
    public Artifact {
        evidence = List.copyOf(evidence);
    }
}
