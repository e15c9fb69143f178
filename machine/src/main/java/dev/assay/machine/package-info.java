/**
 * The computer a program runs on: what it is, what it allows, and where on it a thread may run.
 *
 * <p>
 * Reading is split from acquiring: parsers take a root directory, so a saved machine is test data. What cannot be
 * known is a typed answer with its reason, never a zero. All foreign calls to libc and the kernel live here.
 */
package dev.assay.machine;
