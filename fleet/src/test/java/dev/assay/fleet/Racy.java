package dev.assay.fleet;

/** Something for a rule to find. */
class Racy {
    static int closed;

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    protected void finalize() {
        closed++;
    }
}
