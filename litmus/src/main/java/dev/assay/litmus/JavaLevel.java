package dev.assay.litmus;

/** What executes an actor of a Java test. */
public enum JavaLevel {
    /** The interpreter. */
    INTERPRETER("interpreter"),
    /** The client compiler, C1. */
    C1("C1"),
    /** The server compiler, C2. */
    C2("C2");

    private final String word;

    JavaLevel(String word) {
        this.word = word;
    }

    /** What people call it. */
    public String word() {
        return word;
    }
}
