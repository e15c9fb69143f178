package dev.assay.scan;

/** A hazard in bytecode: its chapter and the code that finds it. */
interface HazardRule {
    Rule rule();

    void inspect(Nest nest, Hazards.Report report);
}
