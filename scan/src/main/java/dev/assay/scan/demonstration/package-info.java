/**
 * Small programs that show on this machine what a rule of the scan warns of: {@code assay scan --demo RULE}.
 *
 * <p>
 * Each runs for a second or two in a virtual machine of its own and says how often the effect was seen. What was not seen
 * is not thereby impossible: a demonstration of memory order that stays silent on x86 says so. None of them is a
 * measurement; {@code assay run} and {@code assay litmus} are for that.
 */
package dev.assay.scan.demonstration;
