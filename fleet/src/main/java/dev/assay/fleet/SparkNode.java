package dev.assay.fleet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/** Spark's master or worker, as a process that ends when the one that started it does. */
public final class SparkNode {
    private SparkNode() {}

    /** The first argument says which; the others are Spark's. */
    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("watch").start(SparkNode::endWithTheStarter);
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments[0]) {
            case "master" -> Master.main(rest);
            case "worker" -> Worker.main(rest);
            default -> throw new IllegalArgumentException("A node is a master or a worker; asked for " + arguments[0]);
        }
    }

    /** The pipe ends when the starter is gone, however it went. */
    private static void endWithTheStarter() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is sent; only the end matters.
            }
        } catch (IOException _) {
            // A broken pipe is its end too.
        }
        System.exit(0);
    }
}
