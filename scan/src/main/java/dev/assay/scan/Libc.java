package dev.assay.scan;

/** The C library that a Linux library was linked against. */
enum Libc {
    GLIBC("glibc"), MUSL("musl"), BIONIC("bionic"),
    /** Needs no C library at all, so that it fits every one. */
    NONE("no C library"),
    /** The dynamic section was not read, or names none that is known here. */
    UNREAD("C library not read");

    private final String label;

    Libc(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
