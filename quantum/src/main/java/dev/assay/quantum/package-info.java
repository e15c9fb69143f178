/**
 * Quantum circuits onto hardware: read, mapped, routed, timed, verified, issued.
 *
 * <p>
 * {@link dev.assay.quantum.Qasm} reads a {@link dev.assay.quantum.Circuit}, {@link dev.assay.quantum.Devices} a
 * {@link dev.assay.quantum.Device}; {@link dev.assay.quantum.Mapper} puts one onto the other and returns only what
 * {@link dev.assay.quantum.Verifier} has checked. {@link dev.assay.quantum.Schedule} times the result,
 * {@link dev.assay.quantum.Dispatcher} issues it, {@link dev.assay.quantum.Pictures} draws it.
 *
 * <p>
 * <b>The model.</b> A router sees which logical qubits meet in which order (Interactions) and the hops between physical
 * ones (Topology). Without a swap when the meetings embed into the couplings (Embedding, exact within bounds); else by
 * quick passes (Greedy) and a tournament of beam searches to and fro (Search, BeamSearch). The order of steps on each
 * qubit and each classical bit is kept exactly; commutation is not used.
 *
 * <p>
 * <b>Cost.</b> A quick pass takes about 2 microseconds per swap on 100 qubits and is linear in the gates. A beam search
 * of width w takes about 5 ns times w times (candidate swaps and nodes looked at) per swap of the result.
 *
 * <p>
 * <b>Limits.</b> 8,192 physical qubits; circuits of a million gates in under 2 GB; states are compared up to 14 active
 * qubits.
 */
package dev.assay.quantum;
