package dev.assay.cli;

import dev.assay.lab.LabException;
import dev.assay.machine.Platform;
import java.nio.file.Path;

/** What subjects run on, by the options that name a JDK, an emulator and the libraries of its architecture. */
final class ChosenPlatform {
    private ChosenPlatform() {}

    /**
     * @param options how the three are called, for the message when some are missing
     * @throws LabException.Usage when an emulated platform is not named whole
     */
    static Platform of(Path jdk, Path emulator, Path sysroot, String options) {
        if (emulator == null && sysroot == null) {
            return jdk == null ? Platform.current() : new Platform.OtherJdk(jdk);
        }
        if (emulator == null || sysroot == null || jdk == null) {
            throw new LabException.Usage("an emulated platform needs all of " + options);
        }
        return new Platform.Emulated(emulator, sysroot, jdk);
    }
}
