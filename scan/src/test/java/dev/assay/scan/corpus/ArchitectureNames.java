package dev.assay.scan.corpus;

@SuppressWarnings("unused")
final class ArchitectureNames {
    static final class WrongOnlyX86 {
        static String folder() {
            return switch (System.getProperty("os.arch")) {
                case "amd64", "x86_64" -> "linux64";
                case "x86", "i386" -> "linux32";
                default -> throw new UnsupportedOperationException();
            };
        }
    }

    static final class WrongContains {
        static boolean wide() {
            return System.getProperty("os.arch").contains("amd64");
        }
    }

    static final class RightBoth {
        static String folder() {
            return switch (System.getProperty("os.arch")) {
                case "amd64", "x86_64" -> "linux64";
                case "aarch64" -> "linux-arm64";
                default -> throw new UnsupportedOperationException();
            };
        }
    }

    static final class RightOnlyShows {
        static String machine() {
            return "running on " + System.getProperty("os.arch");
        }
    }
}
