package dev.assay.scan;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/**
 * Maven's own resolver, with the user's settings: mirrors, proxies, credentials, profiles and the local repository.
 *
 * <p>
 * It is told that it runs on the target: profiles that depend on the operating system or the architecture, and the
 * properties of os-maven-plugin that choose classifiers, come out as they would there.
 */
final class MavenResolver implements AutoCloseable {
    private final Context context;
    private final DefaultRepositorySystemSession session;

    MavenResolver(Target target, BuildResolution how) {
        ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true).offline(how.offline())
                .systemProperties(systemProperties(target)).userProperties(detected(target));
        how.settings().ifPresent(overrides::withUserSettingsXmlOverride);
        context = Runtimes.INSTANCE.getRuntime().create(overrides.build());
        session = new DefaultRepositorySystemSession(context.repositorySystemSession());
        // A missing or broken POM must not end the whole: it is named, and the rest is resolved.
        session.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(true, true));
    }

    Context context() {
        return context;
    }

    DefaultRepositorySystemSession session() {
        return session;
    }

    Path localRepository() {
        return session.getLocalRepository().getBasedir().toPath();
    }

    /** The artifact itself, without what it needs. */
    Dependency single(Dependency asked) {
        String[] parts = asked.coordinates().split(":");
        try {
            return new Dependency.Found(asked.coordinates(), context.repositorySystem().resolveArtifact(session,
                    new ArtifactRequest(new DefaultArtifact(parts[0], parts[1], "jar", parts[2]),
                            context.remoteRepositories(), "assay"))
                    .getArtifact().getFile().toPath());
        } catch (ArtifactResolutionException e) {
            return new Dependency.Missing(asked.coordinates(), e.getMessage());
        }
    }

    private static Map<String, String> systemProperties(Target target) {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().stringPropertyNames()
                .forEach(name -> properties.put(name, System.getProperty(name)));
        System.getenv().forEach((name, value) -> properties.put("env." + name, value));
        properties.put("os.arch", switch (target.processor()) {
            case X86_64 -> "amd64";
            default -> target.processor().label();
        });
        properties.put("os.name", switch (target.system()) {
            case MACOS -> "Mac OS X";
            case WINDOWS -> "Windows 11";
            default -> "Linux";
        });
        return properties;
    }

    /** As os-maven-plugin names the platform (its README, "Detected properties"). */
    private static Map<String, String> detected(Target target) {
        String name = Companions.osDetectorName(target);
        int dash = name.indexOf('-');
        return Map.of("os.detected.classifier", name, "os.detected.name", name.substring(0, dash), "os.detected.arch",
                name.substring(dash + 1));
    }

    @Override
    public void close() {
        context.close();
    }
}
