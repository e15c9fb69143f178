package dev.assay.lab;

/**
 * What a trial does, inside its own process. It is made by the experiment in that process, so it may hold anything; it
 * shares nothing with the laboratory but the bench.
 */
@FunctionalInterface
public interface Workload {
    /**
     * Runs once, reporting to the bench as it goes.
     *
     * @throws Exception whatever goes wrong; it ends the trial and is reported with its last lines
     */
    void run(Bench bench) throws Exception;
}
