package dev.assay.decide;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Makes JMH jars as a project's build does: compiled with JMH's processor, JMH shaded in. Also a program, for the
 * measurements: {@code BenchmarkJar FILE TOKENS [BENCHMARKS]}.
 */
final class BenchmarkJar {
    private BenchmarkJar() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        int tokens = Integer.parseInt(arguments[1]);
        if (arguments.length > 2) {
            of(jar, many(tokens, Integer.parseInt(arguments[2])));
        } else {
            of(jar, work(tokens));
        }
    }

    /** So many benchmarks of the same time. */
    private static String many(int tokens, int benchmarks) {
        StringBuilder methods = new StringBuilder();
        for (int i = 1; i <= benchmarks; i++) {
            methods.append(
                    "@Benchmark @BenchmarkMode(Mode.AverageTime) public void work%03d() { Blackhole.consumeCPU(%d); }\n"
                            .formatted(i, tokens));
        }
        return benchmarks("Many", methods.toString());
    }

    /** A benchmark whose time is proportional to the tokens, in average time. */
    static String work(int tokens) {
        return benchmarks("Work", """
                @Benchmark @BenchmarkMode(Mode.AverageTime) @OutputTimeUnit(TimeUnit.MICROSECONDS)
                public void work() { Blackhole.consumeCPU(%d); }
                """.formatted(tokens));
    }

    static String benchmarks(String name, String methods) {
        return """
                package sample;
                import java.util.concurrent.TimeUnit;
                import org.openjdk.jmh.annotations.*;
                import org.openjdk.jmh.infra.Blackhole;
                @State(Scope.Benchmark)
                public class %s {
                %s
                }
                """.formatted(name, methods);
    }

    static Path of(Path jar, String source) throws IOException {
        return of(jar, 25, source);
    }

    /** @param release of Java that its classes are for */
    static Path of(Path jar, int release, String source) throws IOException {
        Path work = Files.createTempDirectory("assay-jar-");
        try {
            return of(jar, release, source, work);
        } finally {
            try (Stream<Path> inside = Files.walk(work)) {
                for (Path path : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static Path of(Path jar, int release, String source, Path work) throws IOException {
        String name = source.replaceAll("(?s).*public class (\\w+).*", "$1");
        Path file = Files.createDirectories(work.resolve("src/sample")).resolve(name + ".java");
        Files.writeString(file, source);
        Path classes = Files.createDirectory(work.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> libraries = libraries();
        String path = String.join(File.pathSeparator, libraries.stream().map(Path::toString).toList());
        StringWriter said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean fine = compiler.getTask(said, files, null,
                    List.of("-proc:full", "--release", String.valueOf(release), "-d", classes.toString(), "-cp", path,
                            "-processorpath", path),
                    null,
                    files.getJavaFileObjects(file)).call();
            if (!fine) {
                throw new IOException("the benchmark does not compile: " + said);
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Main-Class", "org.openjdk.jmh.Main");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream to = new JarOutputStream(out, manifest)) {
            Set<String> seen = new HashSet<>(Set.of("META-INF/MANIFEST.MF"));
            add(classes, to, seen);
            for (Path library : libraries) {
                if (!library.toString().contains("annprocess")) {
                    add(Files.newInputStream(library), to, seen);
                }
            }
        }
        return jar;
    }

    private static List<Path> libraries() {
        List<Path> libraries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.matches(".*(jmh-core|jmh-generator-annprocess|jopt-simple|commons-math3)[^/]*\\.jar")) {
                libraries.add(Path.of(entry));
            }
        }
        return libraries;
    }

    private static void add(Path folder, JarOutputStream to, Set<String> seen) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (seen.add(name)) {
                    to.putNextEntry(new JarEntry(name));
                    Files.copy(file, to);
                }
            }
        }
    }

    private static void add(InputStream jar, JarOutputStream to, Set<String> seen) throws IOException {
        try (ZipInputStream from = new ZipInputStream(jar)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                boolean wanted = !entry.isDirectory() && !entry.getName().matches("META-INF/.*\\.(SF|RSA|DSA)")
                        && !entry.getName().equals("module-info.class");
                if (wanted && seen.add(entry.getName())) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    from.transferTo(bytes);
                    to.putNextEntry(new JarEntry(entry.getName()));
                    to.write(bytes.toByteArray());
                }
            }
        }
    }
}
