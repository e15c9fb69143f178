/**
 * The laboratory: experiments conducted in fresh processes, and the evidence that they leave.
 *
 * <p>
 * The stages are values that flow one way. An {@link dev.assay.lab.Experiment} yields
 * {@link dev.assay.lab.Variant}s for a machine; a {@link dev.assay.lab.Session} plans blocks of trials within a budget;
 * each trial is one process that answers an {@link dev.assay.lab.Order} with an {@link dev.assay.lab.Observation};
 * blocks make up the {@link dev.assay.lab.Evidence}; a {@link dev.assay.lab.Finding} is what the evidence shows; a
 * {@link dev.assay.lab.Run} is all of it, archived.
 *
 * <p>
 * The unit of inference is the process, never an iteration within one. Cost: one JVM start and less than 0.3 s of the
 * laboratory's own per trial.
 */
package dev.assay.lab;
