package dev.assay.scan;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a library is called once everything that names a platform is taken away.
 *
 * <p>
 * The name never decides what a file is for; it only tells which files of one artifact are the same library for
 * different platforms, so that one library without a counterpart is seen among many that have one.
 */
final class LibraryName {
    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern PLATFORM = Pattern.compile(
            "(linux|lin|win|windows|mac|macos|macosx|osx|darwin|freebsd|openbsd|netbsd|sunos|solaris|android|aix)?"
                    + "(x|x86|x64|x32|i386|i486|i586|i686|ia32|ia64|amd64|intel|arm|armv\\d.*|armhf|armel|arm32|arm64|aarch|aarch64|"
                    + "riscv64|rv64|riscv|ppc|ppc64|ppc64le|powerpc|powerpc64|powerpc64le|ppcle|s390x|s390|loongarch64|mips|mips64|mips64el|mipsel|"
                    + "sparc|sparcv9|universal|universal2|\\d+|64bit|32bit)?");
    private static final Set<String> FORMS = Set.of("so", "dll", "dylib", "jnilib", "exe", "bin", "a", "o", "lib",
            "bundle",
            "gnu", "musl", "glibc", "gcc", "clang", "debug", "dbg", "nodeps", "native", "natives", "gnueabihf",
            "eabihf",
            "msvc", "mingw", "unknown", "pc", "apple", "abi", "hf", "le", "eabi", "alpine");

    private LibraryName() {}

    static String of(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        StringBuilder name = new StringBuilder();
        for (String token : SEPARATORS.split(file)) {
            String plain = name.isEmpty() && token.startsWith("lib") && token.length() > 3 ? token.substring(3) : token;
            if (!plain.isEmpty() && !FORMS.contains(plain) && !PLATFORM.matcher(plain).matches()) {
                name.append(name.isEmpty() ? "" : "-").append(stripped(plain));
            }
        }
        return name.toString();
    }

    /** {@code sqlite4java64} and {@code foo_linux64} carry the platform as an ending. */
    private static String stripped(String token) {
        String shorter = token.replaceFirst("(linux|win|mac|osx)?(64|32)$", "");
        return shorter.isEmpty() ? token : shorter;
    }
}
