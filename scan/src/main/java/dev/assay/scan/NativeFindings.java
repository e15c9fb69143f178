package dev.assay.scan;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns what was read of an artifact and of those nested in it into artifacts and findings. */
final class NativeFindings {
    private NativeFindings() {}

    static void conclude(ArtifactFacts outer, NativeVerdict verdict, Target target, List<Artifact> artifacts,
            List<Finding> findings) {
        Artifact whole = verdict.conclude(outer);
        Set<String> exported = outer.allNatives().stream().filter(target::fits)
                .flatMap(file -> file.exportsJni().stream())
                .collect(Collectors.toSet());
        outer.all().forEach(facts -> {
            Artifact artifact = facts == outer ? whole : verdict.conclude(facts);
            artifacts.add(artifact);
            findings.addAll(facts.findings);
            status(facts, artifact, whole, facts != outer, exported, findings);
            alignment(facts, target, findings);
        });
    }

    /**
     * The finding stands where the cause is: at the innermost artifact. What the whole makes good (the companion or the
     * sibling with the library for the target lies beside it) is only noted.
     */
    private static void status(ArtifactFacts facts, Artifact artifact, Artifact whole, boolean inner,
            Set<String> exported,
            List<Finding> findings) {
        if (artifact.status() == Status.READY || facts.unreadable.isPresent()) {
            return;
        }
        Rule rule = artifact.status() == Status.NEEDS_COMPANION
                ? NativeRules.COMPANION
                : facts.imageArchitecture.isPresent() ? NativeRules.IMAGE : NativeRules.BROKEN;
        boolean own = artifact.status() == Status.NEEDS_COMPANION
                ? !facts.nativeMethods.isEmpty() || facts.nested.isEmpty()
                : !facts.natives.isEmpty() || facts.imageArchitecture.isPresent();
        if (!own && !facts.nested.isEmpty()) {
            return;
        }
        Finding finding = rule.finding(artifact.path(), artifact.evidence().getFirst().path(),
                artifact.evidence().getFirst().says());
        findings.add(inner && whole.status() == Status.READY ? finding.as(Severity.NOTE) : finding);
    }

    private static void alignment(ArtifactFacts facts, Target target, List<Finding> findings) {
        if (target.processor() != Processor.AARCH64 || target.system() != OperatingSystem.LINUX) {
            return;
        }
        facts.natives.stream().filter(target::fits)
                .filter(file -> file.alignmentBytes().filter(bytes -> bytes < 65536).isPresent())
                .forEach(file -> findings.add(NativeRules.PAGE_SIZE.finding(facts.path, file.path(),
                        "segments aligned to "
                                + file.alignmentBytes().orElseThrow() / 1024
                                + " KiB load only on kernels with pages of at most that")));
    }
}
