package dev.assay.scan;

/** How sure the rule is that what it found is what it means. */
public enum Confidence {
    HIGH("high"), MEDIUM("medium"), LOW("low");

    private final String label;

    Confidence(String label) {
        this.label = label;
    }

    /** As it is written in reports. */
    public String label() {
        return label;
    }
}
