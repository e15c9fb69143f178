/**
 * The catalogue: one chapter per experiment, one file per chapter, found without being registered.
 *
 * <p>
 * A chapter is a public final class that implements {@link dev.assay.lab.Experiment}: its card with the question, its
 * variants from the machine sheet, its workload, then the measured code. {@link dev.assay.experiments.Catalogue} finds
 * it.
 *
 * <p>
 * JMH runs the chapters whose operation takes nanoseconds (atomics, false sharing, system calls, foreign calls): its
 * loops and blackholes keep the compiler from removing or merging what is measured. memory.latency, memory.bandwidth and
 * memory.cores have kernels of their own: a chase carries an address from one batch to the next, a pass over an array is
 * one operation of milliseconds, and a round trip takes two threads that do different things, none of which a loop around
 * one method expresses.
 *
 * <p>
 * Cost: a JMH chapter pays about 0.1 to 0.2 s per trial for JMH's own start, a kernel of its own the time to map and
 * fill its memory. Limits: memory is placed by first touch of one thread, so figures of several NUMA nodes mix local and
 * remote memory; threads are pinned only where sched_setaffinity is there.
 */
package dev.assay.experiments;
