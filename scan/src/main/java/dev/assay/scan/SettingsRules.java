package dev.assay.scan;

import java.util.List;

/** The rules about scripts, images, orchestration and build files. */
final class SettingsRules {
    static final Rule OTHER_ARCHITECTURE = new Rule("settings.flag-of-another-architecture", Severity.ERROR,
            Confidence.HIGH,
            "A JVM option exists only on another architecture",
            "An -XX option is in the tables of x86-64 JDKs (or of another architecture) and in none of the target's.",
            "The JVM does not start: \"Unrecognized VM option\".", "java -XX:UseAVX=2 …",
            "java …  (or -XX:UseSVE=1 on aarch64)",
            "Remove the option for this target, or let -XX:+IgnoreUnrecognizedVMOptions stand before it.");
    static final Rule OTHER_SYSTEM = new Rule("settings.flag-of-another-system", Severity.ERROR, Confidence.HIGH,
            "A JVM option exists only on another operating system",
            "An -XX option is declared for Linux, macOS or Windows alone, and the target is another of them.",
            "The JVM does not start: \"Unrecognized VM option\".", "java -XX:+UseTransparentHugePages …  on macOS",
            "java …", "Remove the option for this target, or let -XX:+IgnoreUnrecognizedVMOptions stand before it.");
    static final Rule NUMA = new Rule("settings.numa", Severity.NOTE, Confidence.MEDIUM,
            "Memory nodes or cores are fixed, or expected",
            "An option for machines with several memory nodes (UseNUMA, UseNUMAInterleaving and others) is set, or numactl,"
                    + " taskset or a cpuset names nodes or cores by number.",
            "Nodes and core numbers belong to one machine: many aarch64 servers have one node where x86 had two or more, hyper-"
                    + "threads are missing, and numbers run otherwise. With one node HotSpot leaves UseNUMA off without a word;"
                    + " on macOS there is no NUMA support; a node or core that is not there makes numactl and taskset fail.",
            "numactl --cpunodebind=1 --membind=1 java -XX:+UseNUMA …",
            "java -XX:+UseNUMA …, placed by the orchestrator",
            "Read the target's nodes (assay machine, numactl -H) and decide anew; leave core numbers to the scheduler.");
    static final Rule GONE = new Rule("settings.flag-gone", Severity.WARNING, Confidence.MEDIUM,
            "A JVM option is gone from newer JDKs",
            "An -XX option is in the tables of JDK 17 or 21 and not in that of 25, or in none at all.",
            "A move to another machine is most often a move to a newer JDK, which refuses to start with it or warns.",
            "java -XX:+UseConcMarkSweepGC …", "java -XX:+UseG1GC …", "Remove the option, or look up its successor.");
    static final Rule PLATFORM = new Rule("settings.platform", Severity.ERROR, Confidence.HIGH,
            "An image, a build or a node is fixed to another architecture",
            "A Dockerfile, compose, Kubernetes or build file names amd64 as platform, image, node label or GOARCH.",
            "The image does not start on the target, or runs under emulation; the pod is never scheduled.",
            "FROM --platform=linux/amd64 eclipse-temurin:25", "FROM eclipse-temurin:25",
            "Leave the platform to the builder ($TARGETPLATFORM, $TARGETARCH), or name the target.");
    static final Rule DIGEST = new Rule("settings.image-digest", Severity.NOTE, Confidence.MEDIUM,
            "An image is fixed by digest",
            "An image reference ends in @sha256:… The digest may be that of one architecture's manifest.",
            "A digest of a manifest list works on every architecture in it; a digest of one manifest only on its own.",
            "FROM debian@sha256:…", "the digest of the image index (docker buildx imagetools inspect)",
            "Check that the digest is that of an index that holds the target.");
    static final Rule COMPILER = new Rule("settings.compiler-flag", Severity.WARNING, Confidence.HIGH,
            "A compiler option is for x86 only",
            "-march, -mtune or -m options name an x86 processor or extension.",
            "Compilers for the target refuse them, or code for the build machine lands in the image (-march=native).",
            "CFLAGS=\"-O2 -march=haswell -mavx2\"", "CFLAGS=\"-O2\", or -march=armv8.2-a for aarch64",
            "Choose the option by target architecture.");
    static final Rule PATH = new Rule("settings.architecture-path", Severity.WARNING, Confidence.MEDIUM,
            "A path or download names another architecture",
            "A path such as /usr/lib/x86_64-linux-gnu or java-25-openjdk-amd64, or a downloaded file such as foo-linux-x64.tar.gz,"
                    + " is written out.",
            "The path does not exist on the target; the download is a program that does not run there.",
            "LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
            "LD_PRELOAD=/usr/lib/$(uname -m)-linux-gnu/libjemalloc.so.2",
            "Derive it from uname -m, dpkg --print-architecture or $TARGETARCH.");
    static final Rule LARGE_PAGES = new Rule("settings.large-pages", Severity.NOTE, Confidence.MEDIUM,
            "A size of large pages is fixed",
            "LargePageSizeInBytes names a size.",
            "x86-64 has 2 MiB and 1 GiB; aarch64 kernels with 64 KiB pages have 512 MiB and with 4 KiB pages 2 MiB, 32 MiB"
                    + " and 1 GiB. A size that is not there is ignored, and the heap is left on small pages.",
            "-XX:+UseLargePages -XX:LargePageSizeInBytes=2m", "-XX:+UseLargePages", "Leave the size to the JVM.");

    static final List<Rule> ALL = List.of(OTHER_ARCHITECTURE, OTHER_SYSTEM, GONE, PLATFORM, DIGEST, COMPILER, PATH,
            LARGE_PAGES, NUMA);

    private SettingsRules() {}
}
