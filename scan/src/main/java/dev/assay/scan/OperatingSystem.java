package dev.assay.scan;

/** The system that native code is for, as its header and notes say. */
public enum OperatingSystem {
    LINUX("linux"), ANDROID("android"), MACOS("macos"), IOS("ios"), WINDOWS("windows"), FREEBSD("freebsd"), OTHER_UNIX(
            "other-unix");

    private final String label;

    OperatingSystem(String label) {
        this.label = label;
    }

    /** As it is written in reports. */
    public String label() {
        return label;
    }
}
