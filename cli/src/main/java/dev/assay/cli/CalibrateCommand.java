package dev.assay.cli;

import dev.assay.decide.Calibration;
import dev.assay.decide.CalibrationFile;
import dev.assay.decide.Calibrator;
import dev.assay.decide.DecideException;
import dev.assay.lab.FileTrouble;
import dev.assay.machine.Machine;
import dev.assay.report.CalibrationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay calibrate}: what can this machine see at all? */
@Command(name = "calibrate", mixinStandardHelpOptions = true,
        description = "Compare a program with itself and with itself made 1, 2, 5 and 10 %% slower; keep what this machine"
                + " can see, so that later comparisons say so.",
        footer = {"", "Examples:", "  assay calibrate", "  assay calibrate --budget 20m --each 10s -o calibration",
            "  assay calibrate --show --format markdown"})
final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--budget", paramLabel = "TIME", defaultValue = "5m", converter = Spans.class,
            description = "For all comparisons together. Default: ${DEFAULT-VALUE}.")
    private Duration budget;

    @Option(names = "--each", paramLabel = "TIME", defaultValue = "3s", converter = Spans.class,
            description = "For one comparison at most. Default: ${DEFAULT-VALUE}.")
    private Duration each;

    @Mixin
    private Rigour rigour;

    @Option(names = "--show", description = "Measure nothing; show the calibration that is kept.")
    private boolean show;

    @Option(names = "-o", paramLabel = "DIR", description = "Also write calibration.json and calibration.html there.")
    private Path directory;

    @Override
    public Integer call() {
        Path kept = CalibrationFile.ofUser(System.getenv());
        Machine machine = Machine.read();
        if (directory != null) {
            Deposit.check(directory);
        }
        Calibration calibration = show
                ? CalibrationFile.load(kept, machine).orElseThrow(() -> new DecideException(
                        "there is no calibration of this machine in " + kept + "; assay calibrate makes one"))
                : measured(machine);
        if (!show && Interruption.begun()) {
            spec.commandLine().getErr().println("assay: interrupted; this part of a calibration is shown and not kept");
        } else if (!show) {
            CalibrationFile.save(calibration, kept);
        }
        if (directory != null) {
            CalibrationFile.save(calibration, directory.resolve("calibration.json"));
            write(directory.resolve("calibration.html"), CalibrationReport.html(calibration));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(switch (output.format) {
            case json -> CalibrationFile.json(calibration);
            case markdown -> CalibrationReport.text(calibration, true);
            case table -> CalibrationReport.text(calibration, false);
        });
        out.flush();
        return Exit.FINE;
    }

    private Calibration measured(Machine machine) {
        Progress progress = new Progress(spec.commandLine().getErr(), output.quiet);
        Path reports = temporary();
        try (Calibrator calibrator = new Calibrator(machine, budget, each, rigour.confidence, rigour.threshold,
                rigour.seed(), reports);
                Interruption _ = Interruption.of(calibrator::interrupt)) {
            int done = 0;
            while (calibrator.hasNext()) {
                Calibration.Trial trial = calibrator.next();
                done++;
                if (done % 8 == 0) {
                    progress.line(Spans.words(budget.minus(calibrator.elapsed())) + " left  " + done
                            + " comparisons, the last of +" + Math.round(100 * trial.injected()) + " %");
                }
            }
            return calibrator.calibration();
        }
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("assay-calibration-");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new DecideException("no temporary folder can be made: " + e.getMessage() + "; free space", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new DecideException(file + " cannot be written: " + FileTrouble.of(e) + "; name another folder", e);
        }
    }
}
