/**
 * BPF: the types of kernels (BTF), the relocation of compiled objects against them (CO-RE) with a reason for every
 * record, and programs loaded into the running kernel, all in Java.
 *
 * <p>
 * The model: a {@link dev.assay.bpf.Btf} is a numbered list of C types, read as a whole and decoded when asked. An
 * object file carries its own and, beside it, records that say which instruction depends on which type or field; each is
 * matched by name against the types of a kernel. Reading the types of a running kernel costs about 15 ms in a cold
 * virtual machine, 3 ms in a warm one, and 10 MB of heap. Loading needs Linux and CAP_BPF; everything else runs
 * anywhere. Limits: object files are 64-bit ELF; nothing is compiled from C here.
 */
package dev.assay.bpf;
