package dev.assay.decide;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs inside the JVM that conducts the forks of one jar, with the jar's own JMH: reads an order per line, words encoded as in a URL, the first of them
 * a file for what JMH prints; answers with a line when it is done. Ends with its input, so with whoever started it, however that came to its end.
 *
 * <p>
 * Compiled for Java 8, since it runs on the JDKs that are compared.
 */
final class JmhTrial {
    static final String DONE = "assay: done";
    static final String FAILED = "assay: failed";

    private JmhTrial() {}

    public static void main(String[] arguments) throws Exception {
        final PrintStream answers = System.out;
        final BlockingQueue<String> orders = new ArrayBlockingQueue<String>(1);
        Thread reader = new Thread("orders") {
            @Override
            public void run() {
                read(orders);
            }
        };
        reader.setDaemon(true);
        reader.start();
        while (true) {
            String[] words = orders.take().split(" ");
            answers.println(conduct(words) ? DONE : FAILED);
            answers.flush();
        }
    }

    private static void read(BlockingQueue<String> orders) {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                orders.put(line);
            }
        } catch (IOException e) {
            // The other end has gone: so do we.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(0);
    }

    private static boolean conduct(String[] words) throws IOException {
        PrintStream out = new PrintStream(URLDecoder.decode(words[0], "UTF-8"), "UTF-8");
        System.setOut(out);
        System.setErr(out);
        try {
            String[] options = new String[words.length - 1];
            for (int i = 0; i < options.length; i++) {
                options[i] = URLDecoder.decode(words[i + 1], "UTF-8");
            }
            new Runner(new CommandLineOptions(options)).run();
            return true;
        } catch (Exception e) {
            out.println("ERROR: " + e);
            return false;
        } finally {
            out.close();
        }
    }
}
