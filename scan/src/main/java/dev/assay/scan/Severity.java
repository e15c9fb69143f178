package dev.assay.scan;

import java.util.Arrays;

/** What a finding means for the move; the order is from worst to least. */
public enum Severity {
    /** It will break. */
    ERROR("error"),
    /** It may break. */
    WARNING("warning"),
    /** It is slower than it need be, or good to know. */
    NOTE("note");

    private final String label;

    Severity(String label) {
        this.label = label;
    }

    /** As it is written in reports; these are SARIF's levels too. */
    public String label() {
        return label;
    }

    /** The one with this label. */
    public static Severity of(String label) {
        return Arrays.stream(values()).filter(value -> value.label.equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no severity is called " + label));
    }
}
