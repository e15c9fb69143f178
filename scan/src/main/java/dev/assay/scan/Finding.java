package dev.assay.scan;

import java.util.Comparator;

/**
 * One thing found.
 *
 * @param rule
 *            the {@link Rule#id()} of the rule that found it
 * @param artifact
 *            the artifact, nested archives by {@code !/}
 * @param location
 *            the place in it: an entry, a class member with its line, a line of a text
 * @param says
 *            what was found, with the actual names and values
 * @param remedy
 *            what to do
 */
public record Finding(String rule, Severity severity, Confidence confidence, String artifact, String location,
        String says,
        String remedy) {
    /** How reports sort: by severity, then by confidence and place. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::confidence).thenComparing(Finding::artifact).thenComparing(Finding::location);

    /** Whether it makes a scan answer with exit code 1: it will break, or it may and the rule is sure. */
    public boolean counts() {
        return severity == Severity.ERROR || severity == Severity.WARNING && confidence == Confidence.HIGH;
    }

    /** What a baseline remembers: lines move, so only rule, file name and member count. */
    String fingerprint() {
        String file = artifact.substring(artifact.lastIndexOf('/') + 1);
        return rule + " " + file + " " + location.replaceFirst(":\\d+$", "");
    }

    Finding remedied(String other) {
        return new Finding(rule, severity, confidence, artifact, location, says, other);
    }

    Finding as(Severity other) {
        return new Finding(rule, other, confidence, artifact, location, says, remedy);
    }
}
