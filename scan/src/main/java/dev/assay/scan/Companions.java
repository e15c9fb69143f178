package dev.assay.scan;

import java.util.List;
import java.util.Optional;

/**
 * Which artifact holds the library for whose native methods; for those that publish it apart.
 *
 * <p>
 * Read from the published POMs and documentation of these projects; {@code %s} takes the project's own name of the
 * platform. A package that is not here still gets its status, only without the companion's name.
 */
final class Companions {
    private enum Style {
        /** os-maven-plugin: linux-aarch_64. */
        OS_DETECTOR,
        /** JavaCPP: linux-arm64. */
        JAVACPP,
        /** brotli4j, SWT: linux-aarch64. */
        PLAIN,
        /** The same name on every platform. */
        NONE
    }

    private record Companion(String owner, String artifact, Style style) {}

    /** By class name prefix or by artifact id, the longest first where one holds the other. */
    private static final List<Companion> KNOWN = List.of(
            new Companion("io/netty/internal/tcnative/", "io.netty:netty-tcnative-boringssl-static:%s",
                    Style.OS_DETECTOR),
            new Companion("netty-tcnative-boringssl-static", "io.netty:netty-tcnative-boringssl-static:%s",
                    Style.OS_DETECTOR),
            new Companion("netty-tcnative-classes", "io.netty:netty-tcnative-boringssl-static:%s", Style.OS_DETECTOR),
            new Companion("netty-tcnative", "io.netty:netty-tcnative:%s", Style.OS_DETECTOR),
            new Companion("io/netty/channel/epoll/", "io.netty:netty-transport-native-epoll:%s", Style.OS_DETECTOR),
            new Companion("netty-transport-native-epoll", "io.netty:netty-transport-native-epoll:%s",
                    Style.OS_DETECTOR),
            new Companion("io/netty/channel/kqueue/", "io.netty:netty-transport-native-kqueue:%s", Style.OS_DETECTOR),
            new Companion("netty-transport-native-kqueue", "io.netty:netty-transport-native-kqueue:%s",
                    Style.OS_DETECTOR),
            new Companion("io/netty/channel/uring/", "io.netty:netty-transport-native-io_uring:%s", Style.OS_DETECTOR),
            new Companion("io/netty/incubator/channel/uring/",
                    "io.netty.incubator:netty-incubator-transport-native-io_uring:%s", Style.OS_DETECTOR),
            new Companion("io/netty/incubator/codec/quic/", "io.netty.incubator:netty-incubator-codec-native-quic:%s",
                    Style.OS_DETECTOR),
            new Companion("io/netty/handler/codec/quic/", "io.netty:netty-codec-native-quic:%s", Style.OS_DETECTOR),
            new Companion("io/netty/channel/unix/", "io.netty:netty-transport-native-epoll:%s", Style.OS_DETECTOR),
            new Companion("io/netty/resolver/dns/macos/", "io.netty:netty-resolver-dns-native-macos:%s",
                    Style.OS_DETECTOR),
            new Companion("com/aayushatharva/brotli4j/", "com.aayushatharva.brotli4j:native-%s", Style.PLAIN),
            new Companion("org/bytedeco/", "the same artifact of org.bytedeco with classifier %s", Style.JAVACPP),
            new Companion("org/tensorflow/", "org.tensorflow:tensorflow-core-native:%s", Style.JAVACPP),
            new Companion("com/kenai/jffi/", "com.github.jnr:jffi:native", Style.NONE),
            new Companion("org/conscrypt/", "org.conscrypt:conscrypt-openjdk:%s", Style.OS_DETECTOR),
            new Companion("org/apache/tomcat/jni/",
                    "the system's libtcnative-1 (package libtcnative-1 or tomcat-native)",
                    Style.NONE),
            new Companion("org/apache/hadoop/", "libhadoop.so of a Hadoop distribution built for the target",
                    Style.NONE),
            new Companion("org/apache/commons/daemon/", "jsvc of the target system", Style.NONE),
            new Companion("org/newsclub/net/unix/", "com.kohlschutter.junixsocket:junixsocket-native-common",
                    Style.NONE),
            new Companion("org/wildfly/openssl/", "org.wildfly.openssl:wildfly-openssl-%s", Style.PLAIN),
            new Companion("org/eclipse/swt/", "org.eclipse.platform:org.eclipse.swt.gtk.linux.aarch64", Style.NONE),
            new Companion("com/sun/glass/", "org.openjfx:javafx-graphics:%s", Style.PLAIN),
            new Companion("com/sun/prism/", "org.openjfx:javafx-graphics:%s", Style.PLAIN),
            new Companion("com/sun/javafx/", "org.openjfx:javafx-graphics:%s", Style.PLAIN),
            new Companion("com/sun/media/jfxmedia", "org.openjfx:javafx-media:%s", Style.PLAIN),
            new Companion("com/sun/webkit/", "org.openjfx:javafx-web:%s", Style.PLAIN),
            new Companion("org/lwjgl/", "the same artifact of org.lwjgl with classifier natives-%s", Style.JAVACPP),
            new Companion("com/badlogic/gdx/", "com.badlogicgames.gdx:gdx-platform:natives-desktop", Style.NONE),
            new Companion("jogamp/", "org.jogamp.jogl:jogl-all:natives-%s", Style.PLAIN),
            new Companion("com/jogamp/", "org.jogamp.gluegen:gluegen-rt:natives-%s", Style.PLAIN),
            new Companion("org/opencv/", "libopencv_java of an OpenCV built for the target (or org.openpnp:opencv)",
                    Style.NONE),
            new Companion("org/rocksdb/", "org.rocksdb:rocksdbjni (the jar without a classifier)", Style.NONE),
            new Companion("org/fusesource/leveldbjni/", "org.fusesource.leveldbjni:leveldbjni-%s", Style.PLAIN),
            new Companion("org/apache/arrow/", "the artifact of org.apache.arrow with libraries for the target",
                    Style.NONE),
            new Companion("software/amazon/awssdk/crt/", "software.amazon.awssdk.crt:aws-crt:%s", Style.PLAIN),
            new Companion("com/github/fommil/", "com.github.fommil.netlib:netlib-native_system-%s", Style.PLAIN),
            new Companion("org/apache/lucene/", "the lucene-misc native library, built for the target", Style.NONE),
            new Companion("org/apache/pulsar/", "io.netty:netty-tcnative-boringssl-static:%s", Style.OS_DETECTOR),
            new Companion("org/hyperic/sigar/", "libsigar, which was never published for this target", Style.NONE));

    private Companions() {}

    /** The companion for native methods of a class in this form: {@code io/netty/channel/epoll/Native}. */
    static Optional<String> forClass(String internalName, Target target) {
        return KNOWN.stream().filter(known -> known.owner.contains("/") && internalName.startsWith(known.owner))
                .findFirst()
                .map(known -> named(known, target));
    }

    /** The companion for an artifact that is published empty and leaves everything to its classifiers. */
    static Optional<String> forArtifact(String artifactId, Target target) {
        return KNOWN.stream().filter(known -> known.owner.equals(artifactId)).findFirst()
                .map(known -> named(known, target));
    }

    /** The platform as os-maven-plugin names it, which most classifiers follow: {@code linux-aarch_64}. */
    static String osDetectorName(Target target) {
        return platform(Style.OS_DETECTOR, target);
    }

    private static String named(Companion companion, Target target) {
        return companion.artifact.replace("%s", platform(companion.style, target));
    }

    private static String platform(Style style, Target target) {
        String system = switch (target.system()) {
            case MACOS -> style == Style.OS_DETECTOR ? "osx" : style == Style.JAVACPP ? "macosx" : "macos";
            default -> target.system().label();
        };
        String processor = switch (style) {
            case OS_DETECTOR -> switch (target.processor()) {
                case AARCH64 -> "aarch_64";
                case X86_64 -> "x86_64";
                case S390X -> "s390_64";
                default -> target.processor().label();
            };
            case JAVACPP -> switch (target.processor()) {
                case AARCH64 -> "arm64";
                case X86_64 -> "x86_64";
                default -> target.processor().label();
            };
            case PLAIN, NONE -> target.processor() == Processor.X86_64 ? "x86_64" : target.processor().label();
        };
        return system + "-" + processor;
    }
}
