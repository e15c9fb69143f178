/**
 * From figures to decisions: two subjects compared, claims checked, a machine calibrated, runs compared, gates held.
 *
 * <p>
 * Everything here rests on the laboratory: a comparison is a run with one experiment per pair, and what the pair's blocks show
 * is decided by the confidence sequences of the statistics. Cost of a trial besides the subject itself: about 3 ms for a
 * command (a small shell starts it), 0.6 s for a benchmark of a jar (JMH starts twice). What a command's figures cannot
 * resolve is stated at {@link dev.assay.decide.Launch}.
 */
package dev.assay.decide;
