package dev.assay.scan;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be said of a finding only when everything is read: which version to take, and whether a companion is there. */
final class Remedies {
    private static final Pattern COMPANION = Pattern
            .compile("the library lies in ([\\w.-]+):([\\w.-]+)(?::([\\w.-]+))?");

    private final Target target;
    private final Optional<FirstReady> search;
    private final Map<String, String> coordinates;
    private final Map<String, String> resolved;

    /**
     * @param coordinates
     *            of every artifact that carries some, by path
     * @param resolved
     *            of those that one build file led to, which are deployed together
     */
    Remedies(ScanRequest request, Map<String, String> coordinates, Map<String, String> resolved) {
        target = request.target();
        search = request.repository().map(address -> new FirstReady(address, request.target()));
        this.coordinates = coordinates;
        this.resolved = resolved;
    }

    Finding refined(Finding finding) {
        if (finding.rule().equals(NativeRules.BROKEN.id())) {
            return version(finding);
        }
        return finding.rule().equals(NativeRules.COMPANION.id()) ? companion(finding, resolved.values()) : finding;
    }

    private Finding version(Finding finding) {
        String file = finding.artifact().substring(finding.artifact().lastIndexOf('/') + 1);
        Optional<Coordinates> known = Optional.ofNullable(coordinates.get(finding.artifact())).flatMap(Coordinates::of)
                .or(() -> FirstVersions.named(file));
        return known.flatMap(of -> search.map(repository -> repository.answer(of, target))
                .or(() -> FirstVersions.answer(of, target)))
                .map(sentence -> finding.remedied(sentence + " " + finding.remedy())).orElse(finding);
    }

    /** What the same build brings along is no longer missing. */
    private Finding companion(Finding finding, Collection<String> together) {
        Matcher matcher = COMPANION.matcher(finding.says());
        if (!resolved.containsKey(finding.artifact()) || !matcher.find()) {
            return finding;
        }
        String classifier = matcher.group(3) == null ? "" : matcher.group(3) + ":";
        String wanted = matcher.group(1) + ":" + matcher.group(2) + ":" + classifier;
        return together.stream().filter(one -> one.startsWith(wanted)).findFirst()
                .map(there -> finding.as(Severity.NOTE)
                        .remedied("Nothing: " + there + " is among the dependencies of this build."))
                .orElse(finding);
    }
}
