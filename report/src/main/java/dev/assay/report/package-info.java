/**
 * A {@link dev.assay.lab.Run} for people: a page ({@link dev.assay.report.HtmlReport}), a table for the terminal
 * ({@link dev.assay.report.TerminalReport}) and a comment for a pull request
 * ({@link dev.assay.report.MarkdownReport}). Pure functions from a run to text; they print nothing and read nothing.
 * JSON is {@link dev.assay.lab.Archive}'s.
 *
 * <p>
 * All numbers are written by {@code Quantity} and {@code Ratios}, all sentences by {@code Wording}, so that the three
 * say the same. Charts are in {@link dev.assay.report.chart} and know nothing of runs.
 */
package dev.assay.report;
