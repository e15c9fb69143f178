/**
 * Whole artifact stores, scanned by Spark: on the threads of one process, on a stand-alone cluster of our own processes on
 * loopback, or on a cluster that is there.
 *
 * <p>
 * {@link dev.assay.fleet.StoreProcess} is the program; {@code dev.assay.scan.ArtifactStore} starts it. A store is listed
 * once, its files are dealt out by size, each is scanned where it was dealt to by the same code as a plain scan, and what is
 * found becomes three Parquet tables: files, artifacts and findings. Memory: the answers of one part at a time on an
 * executor; the list of files on the driver.
 */
package dev.assay.fleet;
