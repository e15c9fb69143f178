package dev.assay.cli;

import dev.assay.decide.CalibrationFile;
import dev.assay.decide.DecideException;
import dev.assay.lab.Doubt;
import dev.assay.lab.Settings;
import dev.assay.machine.Machine;
import java.util.Optional;

/** What the calibration that is kept says about later measuring on this machine. */
final class Calibrated {
    private Calibrated() {}

    /** The doubt, when less is asked for than this machine can see. A file that cannot be read is said and costs no measurement. */
    static Optional<Doubt> doubt(Machine machine, Settings settings, Progress progress) {
        try {
            return CalibrationFile.load(CalibrationFile.ofUser(System.getenv()), machine)
                    .flatMap(calibration -> calibration.doubt(settings.smallestEffect()));
        } catch (DecideException e) {
            progress.warning("warning: " + e.getMessage());
            return Optional.empty();
        }
    }
}
