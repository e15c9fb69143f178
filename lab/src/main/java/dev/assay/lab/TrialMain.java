package dev.assay.lab;

import dev.assay.machine.Placement;
import java.nio.file.Path;

/** The first and only class that a trial is told to run: reads its order, makes the experiment, answers. */
final class TrialMain {
    private TrialMain() {}

    /** Arguments: the order's file and the observation's. */
    static void main(String[] arguments) throws Exception {
        Order order = Order.read(Path.of(arguments[0]));
        Experiment experiment = (Experiment) Class.forName(order.experiment()).getConstructor().newInstance();
        Bench bench = new Bench(order);
        if (order.lockMemory()) {
            lockMemory(bench);
        }
        long start = System.nanoTime();
        experiment.workload().run(bench);
        long measured = System.nanoTime() - start;
        ObservationFile.write(bench.observation(measured), Path.of(arguments[1]));
        // Workloads may leave threads behind; the answer is complete.
        Runtime.getRuntime().halt(0);
    }

    private static void lockMemory(Bench bench) {
        for (Placement.Outcome outcome : Placement.ANYWHERE.lockingMemory().apply()) {
            if (outcome instanceof Placement.Refused(String what, String reason, String remedy)) {
                bench.doubt(Doubt.Kind.NOT_PLACED, what + " was refused: " + reason, remedy);
            }
        }
    }
}
