package dev.assay.machine;

import dev.assay.machine.Toolchain.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Versions of tools: from files beside them, else by asking them. */
final class ToolVersions {
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+[-+.0-9A-Za-z_]*");
    private static final long LIMIT_MILLIS = 2000;

    private ToolVersions() {}

    static Reading<String> fromFiles(String name, Path file) {
        Path home = file.getParent() == null ? null : file.getParent().getParent();
        Reading<String> none = Reading.unreadable("no file beside it tells; ask it with --tools");
        if (home == null) {
            return none;
        }
        return switch (name) {
            case "java", "javac", "jar" -> JdkRelease.read(home).flatMap(JdkRelease::version);
            case "mvn" -> library(home.resolve("lib"), "maven-core-", none);
            case "gradle" -> library(home.resolve("lib"), "gradle-core-api-", none);
            case "go" -> firstLine(home.resolve("VERSION"), none);
            default -> none;
        };
    }

    private static Reading<String> library(Path directory, String prefix, Reading<String> none) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .map(file -> VERSION.matcher(real(file).getFileName().toString())).filter(Matcher::find)
                    .map(found -> Reading.known(found.group().replaceFirst("\\.jar$", ""), directory.toString()))
                    .findFirst().orElse(none);
        } catch (IOException _) {
            return none;
        }
    }

    /** Debian's maven-core-3.x.jar leads to the file that has the version in its name. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            return file;
        }
    }

    private static Reading<String> firstLine(Path file, Reading<String> none) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst().map(line -> Reading.known(line.replaceFirst("^go", "").strip(), file.toString()))
                    .orElse(none);
        } catch (IOException | java.io.UncheckedIOException _) {
            return none;
        }
    }

    /** Runs those whose version is not known, all at once; one that does not answer in time is ended. */
    static List<Tool> ask(List<Tool> tools) {
        List<Future<Tool>> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            tools.forEach(tool -> answers.add(pool.submit(() -> tool.version().isKnown()
                    ? tool
                    : new Tool(tool.name(), tool.path(), tool.file(), tool.architecture(), ask(tool)))));
        }
        List<Tool> asked = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            asked.add(answers.get(i).state() == Future.State.SUCCESS ? answers.get(i).resultNow() : tools.get(i));
        }
        return asked;
    }

    private static Reading<String> ask(Tool tool) throws InterruptedException {
        // go and dlv have a verb, the others an option; gopls has both.
        String word = switch (tool.name()) {
            case "go", "dlv", "gopls" -> "version";
            default -> "--version";
        };
        Path output = null;
        try {
            output = Files.createTempFile("assay-tool", ".txt");
            Process process = new ProcessBuilder(tool.path(), word).redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile()).start();
            if (!process.waitFor(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return Reading.unreadable(tool.path() + " " + word + " did not answer within " + LIMIT_MILLIS + " ms");
            }
            byte[] head;
            try (var in = Files.newInputStream(output)) {
                head = in.readNBytes(4096);
            }
            Matcher matcher = VERSION.matcher(new String(head, StandardCharsets.ISO_8859_1));
            return matcher.find()
                    ? Reading.known(matcher.group(), tool.path() + " " + word)
                    : Reading.unreadable(tool.path() + " " + word + " printed no version");
        } catch (IOException e) {
            return Reading.unreadable(tool.path() + " " + word + " could not be run: " + e.getMessage());
        } finally {
            if (output != null) {
                output.toFile().delete();
            }
        }
    }
}
