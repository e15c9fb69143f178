/**
 * The cat language, in which memory models are written: expressions over sets of events and relations between them, and
 * checks that a candidate execution must pass.
 *
 * <p>
 * A {@link dev.assay.litmus.cat.CatModel} is compiled once and judges many {@link dev.assay.litmus.cat.Candidate}s. An
 * execution has at most 64 events, so that a set is one machine word and a relation one word per event. What does not depend
 * on reads-from and coherence is computed once for all candidates that share the rest.
 *
 * <p>
 * The language is that of Alglave, Cousot and Maranget, "Syntax and semantics of the weak consistency model specification
 * language cat" (2016): sets, relations, tuples, functions, recursive definitions, pattern matching on sets, includes,
 * procedures, checks and flags. Event-set enumerations (bell files) are not read.
 */
package dev.assay.litmus.cat;
