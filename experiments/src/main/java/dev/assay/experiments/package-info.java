/**
 * The catalogue: one chapter per experiment, one file per chapter, found without being registered.
 *
 * <p>
 * A chapter is a public final class that implements {@link dev.assay.lab.Experiment}: its card with the question, its
 * variants from the machine sheet, its workload, then the measured code. {@link dev.assay.experiments.Catalogue} finds
 * it.
 */
package dev.assay.experiments;
