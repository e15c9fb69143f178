package dev.assay.scan;

import java.util.Arrays;

/** What will become of an artifact on the target. */
public enum Status {
    /** Everything native in it has a counterpart for the target, or nothing in it is native. */
    READY("ready"),
    /** Native code in it has no counterpart for the target. */
    BROKEN("broken"),
    /** It declares native methods and holds no library: that lies in another artifact. */
    NEEDS_COMPANION("needs-companion");

    private final String label;

    Status(String label) {
        this.label = label;
    }

    /** As it is written in reports. */
    public String label() {
        return label;
    }

    /** The one with this label. */
    public static Status of(String label) {
        return Arrays.stream(values()).filter(value -> value.label.equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no status is called " + label));
    }
}
