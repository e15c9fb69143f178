package dev.assay.scan.corpus;

@SuppressWarnings({"unused", "restricted"})
final class FixedLibrary {
    static final class WrongPath {
        static void load() {
            System.load("/usr/lib/x86_64-linux-gnu/libfoo.so");
        }
    }

    static final class WrongName {
        static void load() {
            System.loadLibrary("foo-amd64");
        }
    }

    static final class RightChosen {
        static void load(String path) {
            System.load(path);
        }
    }

    static final class RightNone {
        static String name() {
            return System.mapLibraryName("foo-amd64");
        }
    }
}
