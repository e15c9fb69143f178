package dev.assay.litmus.cat;

/** Where something stands in a model's text; lines and columns count from 1. */
record Place(String source, int line, int column) {
    @Override
    public String toString() {
        return source + ":" + line + ":" + column;
    }
}
