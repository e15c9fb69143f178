/**
 * The computer a program runs on: what it is, what it allows, and where on it a thread may run.
 *
 * <p>
 * {@link dev.assay.machine.Machine} is the sheet: read once, immutable, printable. Each value is a
 * {@link dev.assay.machine.Reading}: known with its source, or the reason why not, never a zero.
 * {@link dev.assay.machine.Activity} and {@link dev.assay.machine.ProcessActivity} say what happened meanwhile;
 * {@link dev.assay.machine.Counters} counts events; {@link dev.assay.machine.Placement} puts a thread somewhere;
 * {@link dev.assay.machine.Mapping} and {@link dev.assay.machine.Pages} get memory on chosen pages and say what was
 * given; {@link dev.assay.machine.Platform} is a way to start a Java process.
 *
 * <p>
 * Reading is split from acquiring: parsers take a {@link dev.assay.machine.Root}, so a saved machine is test data, and
 * macOS and Windows are written down as files before they are read. All foreign calls to libc and the kernel live
 * here.
 *
 * <p>
 * Cost: the sheet opens some sixty files per processor, 20 ms on a small machine; an activity 0.2 ms; a counter one
 * system call per event. Limits: 1,024 processors for placement, files of 8 MiB.
 */
package dev.assay.machine;
