package dev.assay.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to start a Java process: this JDK, another one, or one of another architecture under an emulator.
 *
 * <p>
 * Version and architecture come from the {@code release} file that every JDK has since 8, so nothing is started to
 * learn them.
 */
public sealed interface Platform {
    /** The JDK that runs this. */
    record ThisJdk() implements Platform {}

    /** @param home the directory that holds {@code bin/java} */
    record OtherJdk(Path home) implements Platform {}

    /**
     * A JDK for another architecture.
     *
     * @param emulator for example {@code /usr/bin/qemu-aarch64-static}
     * @param sysroot where the libraries of that architecture lie; passed as {@code -L}
     * @param home the JDK, within the sysroot or elsewhere
     */
    record Emulated(Path emulator, Path sysroot, Path home) implements Platform {}

    /** What is wrong with a platform. */
    record Flaw(Kind kind, String says, String remedy) {
        public enum Kind {
            NO_JAVA, NOT_EXECUTABLE, NO_RELEASE, TOO_OLD, FOREIGN_ARCHITECTURE, NO_EMULATOR, NO_SYSROOT
        }
    }

    static Platform current() {
        return new ThisJdk();
    }

    default Path home() {
        return switch (this) {
            case ThisJdk() -> Path.of(System.getProperty("java.home"));
            case OtherJdk(Path home) -> home;
            case Emulated(Path _, Path _, Path home) -> home;
        };
    }

    /** The words that start {@code java}, its options and then whatever follows: a class, {@code -jar}, arguments. */
    default List<String> command(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (this instanceof Emulated(Path emulator, Path sysroot, Path _)) {
            command.addAll(List.of(emulator.toString(), "-L", sysroot.toString()));
        }
        command.add(java().toString());
        command.addAll(jvmOptions);
        command.addAll(arguments);
        return List.copyOf(command);
    }

    default Path java() {
        return home().resolve("bin").resolve(
                System.getProperty("os.name").startsWith("Windows") ? "java.exe" : "java");
    }

    /** The release file of the JDK. */
    default Reading<JdkRelease> release() {
        return JdkRelease.read(home());
    }

    default Reading<String> version() {
        return release().flatMap(JdkRelease::version);
    }

    default Reading<InstructionSet> architecture() {
        return release().flatMap(JdkRelease::architecture);
    }

    /** The first number of the version: 25. */
    default Reading<Integer> feature() {
        return release().flatMap(JdkRelease::feature);
    }

    /** What keeps this platform from running programs that need Java {@code feature}; empty when nothing does. */
    default List<Flaw> flaws(int feature) {
        List<Flaw> flaws = new ArrayList<>();
        Path java = java();
        if (!Files.exists(java)) {
            flaws.add(new Flaw(Flaw.Kind.NO_JAVA, "a JDK has " + home().relativize(java) + "; " + home()
                    + " has none", "name the directory above bin, as in /usr/lib/jvm/temurin-25-jdk-amd64"));
        } else if (!Files.isExecutable(java) || Files.isDirectory(java)) {
            flaws.add(new Flaw(Flaw.Kind.NOT_EXECUTABLE, java + " may not be executed",
                    "chmod +x it, or unpack the JDK where programs may run (no noexec mount)"));
        }
        Reading<JdkRelease> release = release();
        if (!release.isKnown()) {
            flaws.add(new Flaw(Flaw.Kind.NO_RELEASE, "version and architecture are unknown: " + release.because(),
                    "use a complete JDK or an image made by jlink"));
        }
        feature().optional().filter(found -> found < feature).ifPresent(found -> flaws.add(new Flaw(
                Flaw.Kind.TOO_OLD, "Java " + feature + " or later is needed; " + home() + " is Java " + found,
                "install a JDK " + feature + " and name its home")));
        Optional<InstructionSet> set = architecture().optional();
        InstructionSet here = InstructionSet.named(System.getProperty("os.arch"));
        switch (this) {
            case ThisJdk() -> {
            }
            case OtherJdk(Path home) -> set.filter(other -> other != here).ifPresent(other -> flaws.add(new Flaw(
                    Flaw.Kind.FOREIGN_ARCHITECTURE, home + " is for " + other + "; this process is " + here,
                    "name an emulator and a sysroot for " + other)));
            case Emulated(Path emulator, Path sysroot, Path _) -> {
                if (!Files.isExecutable(emulator) || Files.isDirectory(emulator)) {
                    flaws.add(new Flaw(Flaw.Kind.NO_EMULATOR, "there is no program " + emulator,
                            "install it: apt install qemu-user-static"));
                }
                if (!Files.isDirectory(sysroot)) {
                    flaws.add(new Flaw(Flaw.Kind.NO_SYSROOT, "there is no directory " + sysroot,
                            "unpack the libraries of that architecture there (dpkg -x)"));
                }
            }
        }
        return List.copyOf(flaws);
    }

    /** Whether the processor that runs it is not the one that it was built for; its timings say nothing then. */
    default boolean emulated() {
        return this instanceof Emulated;
    }

    /** A short name for tables: {@code 25.0.3 x86_64}. */
    default String title() {
        String title = version().orElse("JDK at " + home()) + " " + architecture().map(InstructionSet::title)
                .orElse("");
        return (emulated() ? title + " emulated" : title).strip();
    }
}
