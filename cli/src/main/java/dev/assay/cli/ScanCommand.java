package dev.assay.cli;

import dev.assay.report.ScanPage;
import dev.assay.scan.Baseline;
import dev.assay.scan.BuildResolution;
import dev.assay.scan.FindingsJson;
import dev.assay.scan.FirstVersions;
import dev.assay.scan.Layouts;
import dev.assay.scan.ObjectLayout;
import dev.assay.scan.ReportText;
import dev.assay.scan.Rule;
import dev.assay.scan.Rules;
import dev.assay.scan.Sarif;
import dev.assay.scan.ScanException;
import dev.assay.scan.ScanReport;
import dev.assay.scan.ScanRequest;
import dev.assay.scan.Scanner;
import dev.assay.scan.StoreSummary;
import dev.assay.scan.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what artifacts will do on another machine. */
@Command(name = "scan", mixinStandardHelpOptions = true,
        description = "What will artifacts do on another machine? Reads jars, images, folders and native files; loads and extracts nothing.",
        footer = {
            "", "Examples:", "  assay scan app.jar lib/ --target linux-aarch64",
            "  assay scan ~/.m2/repository --only natives --format sarif > scan.sarif",
            "  assay scan . --write-baseline accepted.txt && assay scan . --baseline accepted.txt",
            "  assay scan pom.xml --target linux-aarch64", "  assay scan app.jar --layout com.acme.Counters --line 128",
            "  assay scan app.jar --target linux-aarch64,linux-riscv64 --format html --layout > scan.html",
            "  assay scan /srv/artifacts --spark cluster --workers 4 --parquet findings",
            "  assay scan --query findings --where \"severity = 'error' AND artifact LIKE '%netty%'\"",
            "  assay scan --rules", "  assay scan --demo hazard.plain-flag", "",
            "Exit code: 0 nothing found, 1 something will break or may with high confidence, 2 wrong input."})
final class ScanCommand implements Callable<Integer> {
    enum Format {
        table, json, sarif, markdown, html
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "0..*",
            description = "Jars, wars, jmods, tars, image layouts, native files, class files, folders; pom.xml, gradle.lockfile and libs.versions.toml stand for what they ask for.")
    private List<Path> paths = List.of();

    @Option(names = "--target", paramLabel = "TARGET", defaultValue = "linux-aarch64",
            description = "Where it shall run: linux-aarch64, linux-aarch64-musl, linux-riscv64, linux-s390x, linux-x86-64, macos-aarch64, windows-aarch64; several by comma for --format html. Default: ${DEFAULT-VALUE}.")
    private String target;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table",
            description = "How to answer: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--only", split = ",", paramLabel = "CHECK",
            description = "Only these checks: ${COMPLETION-CANDIDATES}.")
    private Set<ScanRequest.Check> only = Set.of();

    @Option(names = "--debt",
            description = "Look for debt too: secrets, unsafe deserialisation, dependencies that ended or are outdated.")
    private boolean debt;

    @Option(names = "--ignore", split = ",", paramLabel = "RULE", description = "Do not report these rules.")
    private Set<String> ignored = Set.of();

    @Option(names = "--baseline", paramLabel = "FILE",
            description = "Do not report the findings that this file accepts.")
    private Path baseline;

    @Option(names = "--write-baseline", paramLabel = "FILE",
            description = "Accept all that is found now: write it to a file.")
    private Path writeBaseline;

    @Option(names = "--repository", paramLabel = "URL",
            description = "A Maven repository in which to look for the first ready version of what is broken, and with --debt for newer releases; no network is used without it, but for build files without --offline.")
    private URI repository;

    @Option(names = "--first-version", paramLabel = "GROUP:ARTIFACT",
            description = "Instead of scanning, print for every target the first version in --repository that is ready: artifact, target, version, classifier, SHA-256.")
    private String firstVersion;

    @Option(names = "--offline",
            description = "For pom.xml, lock files and version catalogues: take only what is on this machine, as mvn -o does.")
    private boolean offline;

    @Option(names = "--settings", paramLabel = "FILE",
            description = "A settings.xml of Maven in place of the user's own, as mvn -s takes it.")
    private Path settings;

    @Option(names = "--no-cache", description = "Do not use or fill the cache of earlier answers.")
    private boolean noCache;

    @Option(names = "--threads", paramLabel = "N", description = "How many files at once. Default: one per processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--layout", arity = "0..1", fallbackValue = "", split = ",", paramLabel = "CLASS",
            description = "Instead of scanning (with --format html or -o: besides), draw the field layout of these classes, or of all with volatile or contended fields.")
    private Set<String> layout;

    @Option(names = "--line", paramLabel = "BYTES", defaultValue = "64",
            description = "Size of a cache line for --layout. Default: ${DEFAULT-VALUE}.")
    private int lineBytes;

    @Option(names = "--compact-headers", description = "Lay out for -XX:+UseCompactObjectHeaders.")
    private boolean compactHeaders;

    @Option(names = "--svg", paramLabel = "FOLDER", description = "Also write each layout as FOLDER/CLASS.svg.")
    private Path svg;

    @Option(names = {"-o", "--output"}, paramLabel = "FOLDER",
            description = "Also write scan.html, findings.json and scan.sarif there.")
    private Path output;

    @Option(names = "--rules", description = "List all rules; with --format markdown, their chapters.")
    private boolean rules;

    @Option(names = "--demo", split = ",", paramLabel = "RULE",
            description = "Show on this machine, in seconds, what these rules warn of; all for every rule that can be shown.")
    private List<String> demonstrations = List.of();

    @Mixin
    private StoreOptions store;

    @Option(names = {"-q", "--quiet"}, description = "No progress, only the answer.")
    private boolean quiet;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (rules && format == Format.markdown) {
            out.print(Rules.markdown());
            out.flush();
            return Exit.FINE;
        }
        if (rules) {
            Rules.all().forEach(rule -> out.println(row(rule)));
            out.flush();
            return Exit.FINE;
        }
        if (!demonstrations.isEmpty()) {
            return new DemonstrationText(out, format == Format.json).show(demonstrations);
        }
        if (firstVersion != null) {
            return printFirstVersions(out);
        }
        store.check(format == Format.sarif || format == Format.html);
        if (store.asks()) {
            return print(baseline == null ? store.answer() : store.answer().without(Baseline.read(baseline)), out);
        }
        if (paths.isEmpty()) {
            throw new ScanException.Usage(
                    "Name at least one path to scan; none was given. For example: assay scan app.jar");
        }
        if (format == Format.html && !store.scans()) {
            return printPage(out);
        }
        if (layout != null && output == null) {
            return drawLayouts(out);
        }
        ScanRequest request = request(target);
        return store.scans()
                ? printSummary(store.scan(request, this::progress), out)
                : print(Scanner.scan(request), out);
    }

    private ScanRequest request(String where) {
        return new ScanRequest(paths, Target.of(where), checks(), ignored,
                Optional.ofNullable(baseline), noCache ? Optional.empty() : Optional.of(cache()),
                Optional.ofNullable(repository), Math.max(1, threads), this::progress,
                new BuildResolution(offline, Optional.ofNullable(settings)));
    }

    /** A page shows several targets side by side, and the layouts that --layout asks for. */
    private int printPage(PrintWriter out) {
        List<ScanReport> reports = Arrays.stream(target.split(",")).map(this::request).map(Scanner::scan).toList();
        List<ObjectLayout> layouts = layout == null ? List.of() : layouts();
        out.print(ScanPage.of(reports, layouts, lineBytes));
        out.flush();
        return reports.stream().anyMatch(ScanReport::hasFinding) ? Exit.FINDING : Exit.FINE;
    }

    private int printSummary(StoreSummary summary, PrintWriter out) {
        out.println(switch (format) {
            case table -> summary.text(false);
            case markdown -> summary.text(true);
            case json, sarif, html -> summary.json();
        });
        out.flush();
        return summary.hasFinding() ? Exit.FINDING : Exit.FINE;
    }

    private void writeAll(ScanReport report) {
        write(output.resolve("scan.html"),
                ScanPage.of(List.of(report), layout == null ? List.of() : layouts(), lineBytes));
        StringWriter findings = new StringWriter();
        FindingsJson.write(report, findings);
        write(output.resolve("findings.json"), findings.toString());
        StringWriter sarif = new StringWriter();
        Sarif.write(report, sarif);
        write(output.resolve("scan.sarif"), sarif.toString());
    }

    private int print(ScanReport report, PrintWriter out) {
        if (output != null) {
            writeAll(report);
        }
        switch (format) {
            case table -> out.print(ReportText.table(report));
            case markdown -> out.print(ReportText.markdown(report));
            case json -> FindingsJson.write(report, out);
            case sarif -> Sarif.write(report, out);
            case html -> out.print(ScanPage.of(List.of(report), List.of(), lineBytes));
        }
        out.println();
        out.flush();
        if (writeBaseline != null) {
            write(writeBaseline, Baseline.of(report.findings()));
            return Exit.FINE;
        }
        return report.hasFinding() ? Exit.FINDING : Exit.FINE;
    }

    private int printFirstVersions(PrintWriter out) {
        if (repository == null) {
            throw new ScanException.Usage("--first-version needs --repository, the address of a Maven repository.");
        }
        FirstVersions.rows(firstVersion, repository).forEach(out::println);
        out.flush();
        return Exit.FINE;
    }

    private List<ObjectLayout> layouts() {
        if (lineBytes < 16 || lineBytes > 4096 || Integer.bitCount(lineBytes) != 1) {
            throw new ScanException.Usage("--line must be a power of two from 16 to 4096; it is " + lineBytes + ".");
        }
        Set<String> names = layout.stream().filter(name -> !name.isEmpty()).collect(Collectors.toSet());
        return Layouts.of(paths, names, compactHeaders);
    }

    private int drawLayouts(PrintWriter out) {
        for (ObjectLayout one : layouts()) {
            out.println(one.text(lineBytes));
            if (svg != null) {
                write(svg.resolve(one.type() + ".svg"), one.svg(lineBytes));
            }
        }
        out.flush();
        return Exit.FINE;
    }

    private static String row(Rule rule) {
        return "%-34s %-8s %-7s %s".formatted(rule.id(), rule.severity().label(), rule.confidence().label(),
                rule.title());
    }

    private Set<ScanRequest.Check> checks() {
        if (!only.isEmpty()) {
            return only;
        }
        EnumSet<ScanRequest.Check> all = EnumSet.allOf(ScanRequest.Check.class);
        if (!debt) {
            all.remove(ScanRequest.Check.debt);
        }
        return all;
    }

    private static void write(Path file, String text) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ScanException.Usage(
                    "The file to write must be writable; " + file + " is not (" + e.getMessage() + ").");
        }
    }

    private void progress(String line) {
        if (!quiet) {
            spec.commandLine().getErr().println("scanned " + line);
        }
    }

    private static Path cache() {
        String home = System.getenv("XDG_CACHE_HOME");
        return (home == null || home.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home))
                .resolve("assay").resolve("scan");
    }
}
