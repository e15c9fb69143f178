package dev.assay.experiments;

import dev.assay.lab.Experiment;
import dev.assay.lab.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One trial, as the laboratory starts it, but for a very short time and on little memory. */
record TinyTrial(int exitCode, List<String> answer, String output) {
    private static final long NANOS = 20_000_000;

    static TinyTrial run(Experiment experiment, Variant variant, Path desk) throws IOException, InterruptedException {
        Map<String, String> parameters = new TreeMap<>(variant.parameters());
        parameters.computeIfPresent("mostBytes", (_, _) -> String.valueOf(1 << 20));
        parameters.computeIfPresent("arrayBytes", (_, _) -> String.valueOf(1 << 20));
        List<String> order = new ArrayList<>(List.of("assay.order/1",
                "experiment\t" + experiment.getClass().getName()));
        parameters.forEach((name, value) -> order.add("parameter\t" + name + "\t" + value));
        order.addAll(List.of("seed\t42", "nanos\t" + NANOS, "processors\t" + String.join(" ",
                dev.assay.machine.Machine.read().topology().allowedProcessors().stream().map(String::valueOf)
                        .toList())));
        Files.write(desk.resolve("order.txt"), order);
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED"));
        words.addAll(experiment.card().jvmOptions());
        words.addAll(((Variant.Program.Jvm) variant.program()).options());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.assay.lab.TrialMain",
                desk.resolve("order.txt").toString(), desk.resolve("answer.txt").toString()));
        Process process = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(desk.resolve("output.txt").toFile()).start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Path answer = desk.resolve("answer.txt");
        return new TinyTrial(process.waitFor(), Files.exists(answer) ? Files.readAllLines(answer) : List.of(),
                Files.readString(desk.resolve("output.txt")));
    }

    List<String> lines(String kind) {
        return answer.stream().filter(line -> line.startsWith(kind + "\t")).toList();
    }
}
