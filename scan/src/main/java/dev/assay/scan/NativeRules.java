package dev.assay.scan;

import java.util.List;

/** The rules about native code and about input that cannot be read. */
final class NativeRules {
    static final Rule BROKEN = new Rule("natives.broken", Severity.ERROR, Confidence.HIGH,
            "Native code has no counterpart for the target",
            "The artifact holds shared libraries, executables or object files for the operating system of the target, and for"
                    + " at least one of them none that the target's processor can run. Only file headers decide.",
            "A library for another instruction set is refused by the loader: UnsatisfiedLinkError at the first use, or a"
                    + " silent fall-back to slower Java code.",
            "app.jar holds linux-x86_64/libfoo.so only", "app.jar holds linux-aarch64/libfoo.so as well",
            "Take a version or a classifier that holds the library for the target, or build it.");
    static final Rule COMPANION = new Rule("natives.needs-companion", Severity.WARNING, Confidence.HIGH,
            "The library for its native methods lies in another artifact",
            "Classes declare native methods, and the artifact itself holds no library at all (or is known to be published"
                    + " empty, with everything in classifier artifacts).",
            "The classes move, their library does not come along by itself: the classifier is chosen by platform.",
            "netty-tcnative-classes.jar alone on the class path",
            "netty-tcnative-classes.jar with netty-tcnative-boringssl-static-linux-aarch_64.jar",
            "Add the companion for the target to what is deployed.");
    static final Rule PAGE_SIZE = new Rule("natives.page-size", Severity.NOTE, Confidence.HIGH,
            "Loadable segments are aligned to less than the largest page of the target",
            "A library for the target has segments aligned to 4 or 16 KiB.",
            "Linux on aarch64 can be built with 64 KiB pages (RHEL 8, some HPC and storage appliances), on which the loader"
                    + " refuses segments of smaller alignment: \"ELF load command alignment not page-aligned\".",
            "gcc -shared -Wl,-z,max-page-size=4096 …", "gcc -shared -Wl,-z,max-page-size=65536 …",
            "Only where kernels with larger pages are in use: relink with -Wl,-z,max-page-size=65536.");
    static final Rule MALFORMED = new Rule("natives.malformed", Severity.WARNING, Confidence.HIGH,
            "A native file breaks the rules of its format",
            "The first bytes announce ELF, Mach-O, PE or ar; what follows is truncated or contradicts itself.",
            "Nothing can be said about such a file for any target, and a loader may crash on it.",
            "libfoo.so cut off after 100 bytes", "libfoo.so as the linker wrote it",
            "Fetch or build the file anew and compare checksums.");
    static final Rule IMAGE = new Rule("natives.image-architecture", Severity.ERROR, Confidence.HIGH,
            "A container image is for another architecture",
            "The image configuration in a Docker archive or OCI layout names an architecture that is not the target's.",
            "The kernel refuses its executables (exec format error), or an emulator runs them many times slower.",
            "\"architecture\": \"amd64\"", "\"architecture\": \"arm64\"",
            "Build the image for the target: docker buildx build --platform linux/arm64.");

    static final Rule UNREADABLE = new Rule("input.unreadable", Severity.WARNING, Confidence.HIGH,
            "A file or entry could not be read",
            "The bytes are truncated, damaged, encrypted, compressed by a method that is not supported, or access is denied."
                    + " The rest was still scanned.",
            "What is not read is not vouched for.", "a jar whose download was cut off", "the whole jar",
            "Fetch it anew, or grant access, and scan again.");
    static final Rule BOMB = new Rule("input.bomb", Severity.WARNING, Confidence.HIGH,
            "An entry inflates to far more than it holds",
            "A nested archive, or an entry of more than 256 MiB, is compressed by a factor that real artifacts do not"
                    + " reach, or a limit on time and memory was reached. It was not read further.",
            "Whoever extracts it fills memory or disk, on every architecture.", "42.zip",
            "an archive with a ratio below 100",
            "Do not extract it; find out where it comes from.");
    static final Rule OVERLAP = new Rule("input.overlap", Severity.WARNING, Confidence.HIGH,
            "Entries of an archive share the same bytes",
            "Two directory entries point into the same stretch of the file.",
            "It makes different readers see different contents, and is how the densest zip bombs are built.",
            "two entries with the same offset", "every entry with its own stretch",
            "Do not trust the artifact; build it anew.");
    static final Rule TRAVERSAL = new Rule("input.path-traversal", Severity.WARNING, Confidence.HIGH,
            "An entry name leads out of the archive",
            "The name is absolute or climbs with \"..\". Nothing was extracted by this scan.",
            "Whoever extracts it writes outside the folder (known as zip slip).", "../../etc/cron.d/x", "etc/cron.d/x",
            "Do not extract it; find out where it comes from.");
    static final Rule DEPTH = new Rule("input.depth", Severity.WARNING, Confidence.HIGH,
            "Archives are nested deeper than is read",
            "More than " + Budget.DEPTH + " archives lie within each other.",
            "What is not read is not vouched for.", "33 archives in each other", "a jar in a war in an ear",
            "Unpack the outer layers and scan what they hold.");

    static final Rule UNRESOLVED = new Rule("input.unresolved-dependency", Severity.NOTE, Confidence.HIGH,
            "A dependency of a build could not be had",
            "A pom.xml, Gradle lock file or version catalogue asks for an artifact that is neither on this machine nor in the"
                    + " repositories that were asked, or does not say which version. The rest was still scanned.",
            "What is not read is not vouched for.", "assay scan pom.xml --offline, on a machine that never built it",
            "the same without --offline, or after mvn package",
            "Follow the reason given: build the project once, go online, or name the version.");

    static final List<Rule> ALL = List.of(BROKEN, COMPANION, PAGE_SIZE, MALFORMED, IMAGE, UNREADABLE, BOMB, OVERLAP,
            TRAVERSAL, DEPTH, UNRESOLVED);

    private NativeRules() {}
}
