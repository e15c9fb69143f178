package dev.assay.lab;

/** When the evidence of an experiment is enough. Asked after every block that counts, from the sixth on. */
@FunctionalInterface
public interface StoppingRule {
    boolean answered(Evidence evidence, Settings settings);
}
