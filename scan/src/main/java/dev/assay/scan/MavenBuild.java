package dev.assay.scan;

import eu.maveniverse.maven.mima.extensions.mmr.MavenModelReader;
import eu.maveniverse.maven.mima.extensions.mmr.ModelRequest;
import eu.maveniverse.maven.mima.extensions.mmr.ModelResponse;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Model;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.CollectResult;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * What a Maven build needs at run time: its modules' dependencies of the scopes compile and runtime, and all that these
 * need, as Maven mediates them.
 */
final class MavenBuild {
    private static final int MOST_MODULES = 2000;

    private final MavenResolver maven;
    private final RepositorySystem system;
    private final Map<String, Dependency> answers = new LinkedHashMap<>();
    private final Map<Path, ModelResponse> modules = new LinkedHashMap<>();

    MavenBuild(MavenResolver maven) {
        this.maven = maven;
        system = maven.context().repositorySystem();
    }

    /**
     * Of a pom.xml and of all modules that it names.
     *
     * @throws Malformed
     *             when the file itself cannot be understood
     */
    List<Dependency> dependencies(Path pom) {
        Reactor reactor = new Reactor();
        maven.session().setWorkspaceReader(reactor);
        Descriptors descriptors = new Descriptors();
        maven.session().setRepositoryListener(descriptors);
        MavenModelReader reader = new MavenModelReader(maven.context());
        try {
            read(reader, pom.toAbsolutePath().normalize(), reactor);
        } catch (RepositoryException e) {
            throw new Malformed("Maven cannot build its model: " + reason(e));
        }
        modules.values().forEach(module -> resolve(module, reactor));
        List<Dependency> all = new ArrayList<>(answers.values());
        all.addAll(descriptors.among(answers));
        return all;
    }

    private void read(MavenModelReader reader, Path pom, Reactor reactor) throws RepositoryException {
        if (modules.containsKey(pom) || modules.size() >= MOST_MODULES) {
            return;
        }
        ModelResponse response = reader.getImpl().readModel(maven.session(),
                ModelRequest.builder().setPomFile(pom).build());
        modules.put(pom, response);
        Model model = response.getEffectiveModel();
        reactor.add(model, pom);
        for (String name : model.getModules()) {
            Path inner = pom.resolveSibling(name).normalize();
            inner = Files.isDirectory(inner) ? inner.resolve("pom.xml") : inner;
            try {
                read(reader, inner, reactor);
            } catch (RepositoryException e) {
                missing("module " + name, "Maven cannot build its model: " + reason(e));
            }
        }
    }

    private void resolve(ModelResponse module, Reactor reactor) {
        Model model = module.getEffectiveModel();
        ArtifactDescriptorResult descriptor = module.toArtifactDescriptorResult(model);
        CollectRequest collect = new CollectRequest().setDependencies(descriptor.getDependencies())
                .setManagedDependencies(descriptor.getManagedDependencies())
                .setRootArtifact(new DefaultArtifact(model.getGroupId(), model.getArtifactId(), "pom",
                        model.getVersion()))
                .setRepositories(system.newResolutionRepositories(maven.session(), repositories(descriptor)));
        DependencyFilter runtime = DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME);
        DependencyRequest request = new DependencyRequest(collected(collect).getRoot(), runtime);
        DependencyResult result;
        try {
            result = system.resolveDependencies(maven.session(), request);
        } catch (DependencyResolutionException e) {
            result = e.getResult();
        }
        result.getArtifactResults().forEach(one -> answer(one, reactor));
    }

    /** Those of the settings first, then those that the build itself names. */
    private List<org.eclipse.aether.repository.RemoteRepository> repositories(ArtifactDescriptorResult descriptor) {
        Map<String, org.eclipse.aether.repository.RemoteRepository> all = new LinkedHashMap<>();
        descriptor.getRepositories().forEach(one -> all.put(one.getId(), one));
        maven.context().remoteRepositories().forEach(one -> all.put(one.getId(), one));
        return new ArrayList<>(all.values());
    }

    private CollectResult collected(CollectRequest request) {
        try {
            return system.collectDependencies(maven.session(), request);
        } catch (DependencyCollectionException e) {
            e.getResult().getExceptions()
                    .forEach(one -> missing(String.valueOf(request.getRootArtifact()),
                            String.valueOf(one.getMessage())));
            return e.getResult();
        }
    }

    private void answer(ArtifactResult result, Reactor reactor) {
        Artifact artifact = result.getRequest().getArtifact();
        String coordinates = coordinates(artifact);
        if (result.isResolved()) {
            File file = result.getArtifact().getFile();
            answers.put(coordinates, new Dependency.Found(coordinates, file.toPath()));
        } else if (reactor.has(artifact)) {
            missing(coordinates, "is a module of this build that is not packaged; run mvn package and scan again");
        } else {
            missing(coordinates, result.getExceptions().stream().map(Exception::getMessage)
                    .reduce((_, last) -> last).orElse("not found"));
        }
    }

    private void missing(String coordinates, String reason) {
        answers.putIfAbsent(coordinates, new Dependency.Missing(coordinates, reason));
    }

    static String coordinates(Artifact artifact) {
        String classifier = artifact.getClassifier().isEmpty() ? "" : artifact.getClassifier() + ":";
        return artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + classifier + artifact.getVersion();
    }

    /** The innermost message says what is wrong; the outer ones only where. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().limit(4).map(String::strip)
                .reduce((left, right) -> left + " " + right).orElse(cause.toString());
    }
}
