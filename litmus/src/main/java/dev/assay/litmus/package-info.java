/**
 * Litmus tests: small concurrent programs with a question about their outcome.
 *
 * <p>
 * A test is read by {@link dev.assay.litmus.LitmusParser} into a {@link dev.assay.litmus.LitmusTest}: threads of
 * instructions (one sealed family per instruction set), an initial state and a condition. From there two roads lead on:
 * a memory model decides which outcomes are allowed, and a processor shows which ones happen.
 *
 * <p>
 * Values are 64-bit. What the readers do not know they refuse with line and column; nothing is half-read.
 */
package dev.assay.litmus;
