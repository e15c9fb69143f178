/** Quantum circuits onto hardware. */
package dev.assay.quantum;
