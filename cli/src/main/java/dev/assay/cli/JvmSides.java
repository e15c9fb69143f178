package dev.assay.cli;

import dev.assay.machine.Platform;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The JVMs of A and B: another JDK, options, an emulator. */
final class JvmSides {
    @Option(names = "--jvm-a", paramLabel = "HOME", description = "The JDK of A.")
    private Path jvmA;

    @Option(names = "--jvm-b", paramLabel = "HOME", description = "The JDK of B.")
    private Path jvmB;

    @Option(names = "--options-a", paramLabel = "OPTIONS", defaultValue = "", description = "JVM options of A.")
    private String optionsA;

    @Option(names = "--options-b", paramLabel = "OPTIONS", defaultValue = "", description = "JVM options of B.")
    private String optionsB;

    @Option(names = "--emulator-a", paramLabel = "PROGRAM",
            description = "Runs the JDK of A, such as /usr/bin/qemu-aarch64-static; with --sysroot-a and --jvm-a.")
    private Path emulatorA;

    @Option(names = "--sysroot-a", paramLabel = "DIR", description = "Where the libraries of its architecture lie.")
    private Path sysrootA;

    @Option(names = "--emulator-b", paramLabel = "PROGRAM", description = "Likewise of B.")
    private Path emulatorB;

    @Option(names = "--sysroot-b", paramLabel = "DIR", description = "Likewise of B.")
    private Path sysrootB;

    boolean given() {
        return jvmA != null || jvmB != null || !optionsA.isBlank() || !optionsB.isBlank() || emulatorA != null
                || emulatorB != null || sysrootA != null || sysrootB != null;
    }

    Question.Side a() {
        return new Question.Side(platform("a", jvmA, emulatorA, sysrootA), optionsA);
    }

    Question.Side b() {
        return new Question.Side(platform("b", jvmB, emulatorB, sysrootB), optionsB);
    }

    private static Platform platform(String side, Path home, Path emulator, Path sysroot) {
        return ChosenPlatform.of(home, emulator, sysroot,
                "--emulator-" + side + ", --sysroot-" + side + " and --jvm-" + side);
    }
}
