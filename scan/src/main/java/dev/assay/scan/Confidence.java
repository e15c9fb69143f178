package dev.assay.scan;

import java.util.Arrays;

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

    /** The one with this label. */
    public static Confidence of(String label) {
        return Arrays.stream(values()).filter(value -> value.label.equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no confidence is called " + label));
    }
}
