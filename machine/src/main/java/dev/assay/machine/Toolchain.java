package dev.assay.machine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The tools that a developer uses here: where they are, for which machine code they were built, whether they fit
 * together.
 *
 * <p>
 * The architecture comes from each file's header. Versions that lie in a file beside the tool (JDK, Maven, Go) are
 * read; the others are known only when the tools are run, which {@link #asking} does, all at once and within two
 * seconds.
 *
 * @param advice mixed architectures, and a PATH, JAVA_HOME or GOROOT that contradict each other
 */
public record Toolchain(List<Tool> tools, List<Advice> advice) {
    private static final List<String> NAMES = List.of("java", "javac", "jar", "mvn", "gradle", "gcc", "clang", "go",
            "gopls", "dlv", "gdb", "perf", "node", "docker");

    public Toolchain {
        tools = List.copyOf(tools);
        advice = List.copyOf(advice);
    }

    /**
     * One tool.
     *
     * @param path where PATH finds it
     * @param file what that is after following links
     * @param architecture of the machine code in it; a script has none
     */
    public record Tool(String name, String path, String file, Reading<String> architecture, Reading<String> version) {}

    /** The tools on this process's PATH; none of them is run. */
    public static Toolchain read() {
        return read(System.getenv(), InstructionSet.named(System.getProperty("os.arch")));
    }

    /** As {@link #read}, and asks each tool whose version no file tells for it. */
    public static Toolchain asking() {
        Toolchain silent = read();
        return new Toolchain(ToolVersions.ask(silent.tools), silent.advice);
    }

    static Toolchain read(Map<String, String> environment, InstructionSet expected) {
        List<Path> path = path(environment);
        List<Tool> tools = new ArrayList<>();
        for (String name : NAMES) {
            find(path, name).ifPresent(file -> tools.add(tool(name, file)));
        }
        return new Toolchain(tools, advice(environment, path, tools, expected));
    }

    private static List<Path> path(Map<String, String> environment) {
        List<Path> path = new ArrayList<>();
        for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            try {
                if (!entry.isEmpty()) {
                    path.add(Path.of(entry));
                }
            } catch (java.nio.file.InvalidPathException _) {
                // an entry that no file system accepts finds nothing
            }
        }
        return path;
    }

    private static Optional<Path> find(List<Path> path, String name) {
        for (Path directory : path) {
            for (String ending : File.separatorChar == '/' ? List.of("") : List.of(".exe", ".cmd", ".bat")) {
                Path file = directory.resolve(name + ending);
                if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    private static Tool tool(String name, Path found) {
        Path file = real(found);
        Reading<String> architecture = ExecutableHeader.read(file).flatMap(header -> header.architectures().isEmpty()
                ? Reading.unsupported("a script for " + header.interpreter())
                : Reading.known(header.architectures().stream().map(InstructionSet::title)
                        .collect(Collectors.joining("+")), header.format()));
        return new Tool(name, found.toString(), file.toString(), architecture, ToolVersions.fromFiles(name, file));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path;
        }
    }

    private static List<Advice> advice(Map<String, String> environment, List<Path> path, List<Tool> tools,
            InstructionSet expected) {
        List<Advice> advice = new ArrayList<>();
        Map<String, List<String>> byArchitecture = new LinkedHashMap<>();
        tools.forEach(tool -> tool.architecture().optional().ifPresent(set -> byArchitecture.computeIfAbsent(set,
                _ -> new ArrayList<>()).add(tool.name())));
        TreeSet<String> foreign = new TreeSet<>();
        byArchitecture.forEach((set, names) -> {
            if (!List.of(set.split("\\+")).contains(expected.title())) {
                names.forEach(name -> foreign.add(name + " (" + set + ")"));
            }
        });
        if (!foreign.isEmpty()) {
            advice.add(new Advice("tools-mixed", Advice.Weight.DISTURBS, "not built for " + expected + ": "
                    + String.join(", ", foreign), "they run translated, or what they build does not run here",
                    "install the " + expected + " builds"));
        }
        home(environment, "JAVA_HOME", "java", tools, advice);
        home(environment, "GOROOT", "go", tools, advice);
        String gopath = environment.getOrDefault("GOPATH", "");
        if (!gopath.isEmpty() && gopath.equals(environment.get("GOROOT"))) {
            advice.add(new Advice("gopath", Advice.Weight.NOTE, "GOPATH and GOROOT are both " + gopath,
                    "go refuses to install there", "let GOPATH be a directory of your own"));
        }
        String java = home(tools, "java");
        String javac = home(tools, "javac");
        if (!java.isEmpty() && !javac.isEmpty() && !java.equals(javac)) {
            advice.add(new Advice("jdk-mixed", Advice.Weight.NOTE, "java is from " + java + ", javac from " + javac,
                    "classes may be compiled for a Java that does not run them", "let PATH begin with one JDK's bin"));
        }
        List<String> missing = path.stream().filter(entry -> !Files.isDirectory(entry)).map(Path::toString).toList();
        if (!missing.isEmpty()) {
            advice.add(new Advice("path", Advice.Weight.NOTE, "PATH names what is not there: " + String.join(", ",
                    missing), "a tool may be found elsewhere than expected", "remove the entries"));
        }
        return advice;
    }

    private static void home(Map<String, String> environment, String variable, String tool, List<Tool> tools,
            List<Advice> advice) {
        String home = environment.getOrDefault(variable, "");
        if (home.isEmpty()) {
            return;
        }
        Path program = Path.of(home).resolve("bin").resolve(File.separatorChar == '\\' ? tool + ".exe" : tool);
        String id = variable.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        if (!Files.isRegularFile(program)) {
            advice.add(new Advice(id, Advice.Weight.NOTE, variable + " is " + home + ", which has no bin/" + tool,
                    "build tools that trust it fail or pick another", "let it name the directory above bin"));
            return;
        }
        String real = real(program).toString();
        tools.stream().filter(found -> found.name().equals(tool) && !found.file().equals(real)).findFirst().ifPresent(
                found -> advice.add(new Advice(id, Advice.Weight.NOTE, variable + " is " + home + ", but PATH finds "
                        + found.path(), "build and program run on different versions",
                        "put " + home + "/bin first in PATH")));
    }

    /** The directory above bin. */
    private static String home(List<Tool> tools, String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).map(tool -> Path.of(tool.file()).getParent())
                .filter(bin -> bin != null && bin.getParent() != null).map(bin -> bin.getParent().toString())
                .findFirst().orElse("");
    }

    /** For JSON, in the form of {@link Machine#sheet}. */
    public Object sheet() {
        return Sheet.value(this);
    }
}
