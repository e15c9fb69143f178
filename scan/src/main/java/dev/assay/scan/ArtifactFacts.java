package dev.assay.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was read of one artifact, before anything is concluded from it. */
final class ArtifactFacts {
    private static final int MOST_PACKAGES = 64;

    final String path;
    final List<NativeFile> natives = new ArrayList<>();
    final List<ArtifactFacts> nested = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();
    /** The first native method by package. */
    final Map<String, ClassSkim.NativeMethod> nativeMethods = new TreeMap<>();
    Optional<String> imageArchitecture = Optional.empty();
    Optional<String> artifactId = Optional.empty();
    Optional<String> coordinates = Optional.empty();
    Optional<String> unreadable = Optional.empty();
    /** Where class files lie as loose files or entries. */
    int classes;
    /** Modules of the Google Web Toolkit: their native methods are JavaScript, not machine code. */
    boolean compiledToScript;

    ArtifactFacts(String path) {
        this.path = path;
    }

    void nativeMethod(ClassSkim.NativeMethod method) {
        int slash = method.owner().lastIndexOf('/');
        String owner = slash < 0 ? "" : method.owner().substring(0, slash);
        if (nativeMethods.size() < MOST_PACKAGES) {
            nativeMethods.putIfAbsent(owner, method);
        }
    }

    ArtifactFacts nested(String name) {
        ArtifactFacts inner = new ArtifactFacts(path + "!/" + name);
        nested.add(inner);
        return inner;
    }

    /** Itself and everything in it, outermost first. */
    Stream<ArtifactFacts> all() {
        return Stream.concat(Stream.of(this), nested.stream().flatMap(ArtifactFacts::all));
    }

    List<NativeFile> allNatives() {
        return all().flatMap(facts -> facts.natives.stream()).toList();
    }

    void finding(Rule rule, String location, String says) {
        findings.add(rule.finding(path, location, says));
    }
}
