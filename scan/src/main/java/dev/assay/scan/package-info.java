/**
 * What an artifact will do on another machine, read from its bytes.
 *
 * <p>
 * A {@link dev.assay.scan.Scanner} walks files and folders, archives in archives included, and answers for one
 * {@link dev.assay.scan.Target} with a {@link dev.assay.scan.ScanReport}: a status per artifact, decided by the headers of
 * the native code in it, and findings by {@link dev.assay.scan.Rule}. Names of files and folders never decide.
 *
 * <p>
 * Nothing is extracted, loaded or written beside the input. Archives are read by their central directory; of most
 * entries only the first bytes are inflated. Cost and limits of one top-level file are those of
 * {@link dev.assay.scan.Budget}: at most 96 MiB of nested archives held at once, and a bounded number of inflated bytes.
 */
package dev.assay.scan;
