package dev.assay.scan;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.aether.AbstractRepositoryListener;
import org.eclipse.aether.RepositoryEvent;

/** Remembers POMs that Maven did without: what their artifacts need themselves is then not known. */
final class Descriptors extends AbstractRepositoryListener {
    private final Map<String, Dependency.Missing> without = new ConcurrentHashMap<>();

    /** Those of artifacts that are part of the answer. */
    List<Dependency> among(Map<String, Dependency> answers) {
        return without.values().stream()
                .filter(one -> answers.get(one.coordinates()) instanceof Dependency.Found)
                .map(Dependency.class::cast).toList();
    }

    @Override
    public void artifactDescriptorMissing(RepositoryEvent event) {
        without(event, "cannot be had");
    }

    @Override
    public void artifactDescriptorInvalid(RepositoryEvent event) {
        without(event, "cannot be understood");
    }

    private void without(RepositoryEvent event, String why) {
        String of = MavenBuild.coordinates(event.getArtifact());
        without.put(of,
                new Dependency.Missing(of, "its POM " + why + ": what it needs itself is not known"));
    }
}
