package dev.assay.scan.corpus;

@SuppressWarnings({"unused", "removal", "deprecation"})
final class JdkInternals {
    static final class WrongReflection {
        static Class<?> unsafe() throws ClassNotFoundException {
            return Class.forName("sun.misc.Unsafe");
        }
    }

    static final class WrongInternal {
        static Class<?> bits() throws ClassNotFoundException {
            return Class.forName("jdk.internal.misc.VM");
        }
    }

    static final class RightPublic {
        static Class<?> list() throws ClassNotFoundException {
            return Class.forName("java.util.ArrayList");
        }
    }

    static final class RightOwn {
        static String name() {
            return "sun.misc.Unsafe";
        }
    }
}
