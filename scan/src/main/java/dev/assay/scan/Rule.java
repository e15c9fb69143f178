package dev.assay.scan;

/**
 * One rule: a small chapter, from which {@code assay scan --rules}, docs/scan.md and the SARIF output come.
 *
 * @param id
 *            family and name, for example {@code hazard.check-then-act}; never changes
 * @param severity
 *            the most that a finding of it can have; single findings may have less
 * @param title
 *            one sentence
 * @param meaning
 *            what was found when it fires
 * @param why
 *            what the target does differently
 * @param wrong
 *            the smallest example that it finds
 * @param right
 *            the same, done right
 * @param remedy
 *            what to do, in the imperative
 */
public record Rule(String id, Severity severity, Confidence confidence, String title, String meaning, String why,
        String wrong, String right, String remedy) {

    public Rule {
        if (!id.matches("[a-z]+(\\.[a-z0-9-]+)+")) {
            throw new IllegalArgumentException("A rule id is family.name in lower case; it is " + id + ".");
        }
    }

    /** The part of the id before the first dot. */
    public String family() {
        return id.substring(0, id.indexOf('.'));
    }

    Finding finding(String artifact, String location, String says) {
        return new Finding(id, severity, confidence, artifact, location, says, remedy);
    }

    Finding finding(Confidence other, String artifact, String location, String says) {
        return new Finding(id, severity, other, artifact, location, says, remedy);
    }
}
