/**
 * The commands: one small class each, which reads its arguments, calls the module that knows, and prints.
 *
 * <p>
 * Only this module prints or exits. Exit codes are those of {@link dev.assay.cli.Exit}.
 */
package dev.assay.cli;
