package dev.assay.experiments;

import dev.assay.lab.Card;
import dev.assay.lab.Effect;
import dev.assay.lab.Experiment;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric;
import dev.assay.lab.Point;
import dev.assay.lab.Session;
import dev.assay.lab.Settings;
import dev.assay.lab.Step;
import dev.assay.lab.Summary;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The chapters against the same kernels in C, measured by the laboratory itself: the C programs are variants like any
 * other. Started by {@code measurements/experiments.sh}; arguments are the folder of the compiled programs and the
 * seconds to take.
 */
public final class AgainstC {
    /** So that trials, which are processes of their own, make the same experiments. */
    private static final Path PROGRAMS = Path.of(System.getProperty("assay.reference", "target/reference"));

    private AgainstC() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = new Settings(Duration.ofSeconds(Long.parseLong(arguments[0])), 0.95, 0.01,
                System.nanoTime() >>> 1, false, false);
        List<Experiment> all = List.of(new Latency(), new Bandwidth(), new Rmw(), new Syscalls());
        List<Experiment> chosen = all.stream()
                .filter(e -> arguments.length < 2 || List.of(arguments).contains(e.card().id())).toList();
        Path crashReports = Files.createTempDirectory("against-c");
        crashReports.toFile().deleteOnExit(); // where there is none, as usual
        try (Session session = new Session(Machine.read(), chosen, settings, crashReports)) {
            while (session.hasNext()) {
                if (session.next() instanceof Step.TrialEnded(String experiment, _, _, var trial, _)) {
                    trial.failure().ifPresent(why -> System.err.println(experiment + ", " + trial.variant() + ": "
                            + why));
                }
            }
            print(session.run().findings());
        }
    }

    private static void print(List<Finding> findings) {
        System.out.println("| experiment | at | C | Java | C | Java | time ratio Java/C (95 %) | blocks |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Finding finding : findings) {
            for (Effect effect : finding.effects()) {
                if (value(finding, effect.against(), effect.at()).isEmpty()) {
                    continue;
                }
                System.out.printf(Locale.ROOT, "| %s | %s | %s | %s | %s | %s | %.3f [%.3f, %.3f] | %d |%n",
                        finding.id(), effect.at().equals(Point.NONE) ? "headline" : effect.at(), effect.against(),
                        effect.variant(), value(finding, effect.against(), effect.at()).orElse("?"),
                        value(finding, effect.variant(), effect.at()).orElse("?"), effect.ratio(),
                        effect.interval().low(), effect.interval().high(), effect.blocks());
            }
            finding.doubts().forEach(doubt -> System.out.println("| " + finding.id() + " | doubt | | | | | "
                    + doubt.says() + " | |"));
            finding.reason().ifPresent(why -> System.out.println("| " + finding.id() + " | " + finding.status()
                    + " | | | | | " + why + " | |"));
        }
    }

    private static Optional<String> value(Finding finding, String variant, Point at) {
        Metric metric = finding.evidence().card().metric();
        return finding.summaries().stream().filter(s -> s.variant().equals(variant)).map(Summary::points)
                .flatMap(List::stream).filter(value -> value.at().equals(at)).findFirst()
                .map(value -> String.format(Locale.ROOT, "%.3f %s", value.value(), metric.unit()));
    }

    private static Variant program(String name, Object... words) {
        List<String> command = new ArrayList<>();
        command.add(PROGRAMS.resolve(words[0].toString()).toAbsolutePath().toString());
        for (int i = 1; i < words.length; i++) {
            command.add(words[i].toString());
        }
        return new Variant(name, Map.of(), new Variant.Program.Command(command), Optional.empty());
    }

    private static Variant of(Experiment chapter, Machine machine, String name) {
        return chapter.variants(machine).stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
    }

    /** The processors as trials prefer them: the last one first. */
    private static List<Integer> preferred(Machine machine) {
        return machine.topology().allowedProcessors().stream().sorted(Comparator.reverseOrder()).toList();
    }

    public static final class Latency implements Experiment {
        private final MemoryLatency chapter = new MemoryLatency();

        @Override
        public Card card() {
            return chapter.card();
        }

        @Override
        public List<Variant> variants(Machine machine) {
            Variant pages = chapter.variants(machine).getFirst();
            long most = Long.parseLong(pages.parameters().get("mostBytes"));
            List<Object> words = new ArrayList<>(List.of("latency", most, machine.caches().lineBytes(), 0,
                    card().trial().toNanos() / 2, preferred(machine).getFirst()));
            MemoryLatency.representatives(pages.parameters().get("levels"), MemoryLatency.sizes(most))
                    .forEach((size, level) -> words.add(level + ":" + size));
            words.add("memory:" + most);
            return List.of(program("C", words.toArray()), pages.named("machine code"),
                    of(chapter, machine, "loads by the JIT"));
        }

        @Override
        public Workload workload() {
            return chapter.workload();
        }
    }

    public static final class Bandwidth implements Experiment {
        private final MemoryBandwidth chapter = new MemoryBandwidth();

        @Override
        public Card card() {
            int all = Runtime.getRuntime().availableProcessors();
            return chapter.card().comparedAt(Point.of("threads", 1, "kernel", 3),
                    Point.of("threads", all, "kernel", 0), Point.of("threads", all, "kernel", 3));
        }

        @Override
        public List<Variant> variants(Machine machine) {
            List<Variant> ofChapter = chapter.variants(machine);
            List<Object> words = new ArrayList<>(List.of("bandwidth", ofChapter.getFirst().parameters()
                    .get("arrayBytes"), card().trial().toNanos()));
            words.addAll(preferred(machine));
            List<Variant> variants = new ArrayList<>(List.of(program("C", words.toArray())));
            ofChapter.stream().filter(v -> !v.name().equals("byte loop")).forEach(variants::add);
            return variants;
        }

        @Override
        public Workload workload() {
            return chapter.workload();
        }
    }

    public static final class Rmw implements Experiment {
        private final AtomicsRmw chapter = new AtomicsRmw();

        @Override
        public Card card() {
            return chapter.card().comparedAt();
        }

        @Override
        public List<Variant> variants(Machine machine) {
            long nanos = card().trial().toNanos() / 2;
            int processor = preferred(machine).getFirst();
            return List.of(program("C fetch_add", "rmw", "getAndAdd", nanos, processor),
                    of(chapter, machine, "getAndAdd").against("C fetch_add"),
                    program("C CAS loop", "rmw", "compareAndSet", nanos, processor),
                    of(chapter, machine, "CAS loop").against("C CAS loop"));
        }

        @Override
        public Workload workload() {
            return chapter.workload();
        }
    }

    public static final class Syscalls implements Experiment {
        private final RuntimeSyscalls chapter = new RuntimeSyscalls();

        @Override
        public Card card() {
            return chapter.card();
        }

        @Override
        public List<Variant> variants(Machine machine) {
            List<Variant> variants = new ArrayList<>();
            for (Variant variant : chapter.variants(machine)) {
                String call = variant.parameters().get("call");
                variants.add(program("C " + call, "syscalls", call, card().trial().toNanos() / 2,
                        preferred(machine).getFirst()));
                variants.add(variant.against("C " + call));
            }
            return variants;
        }

        @Override
        public Workload workload() {
            return chapter.workload();
        }
    }
}
