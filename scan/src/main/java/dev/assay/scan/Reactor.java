package dev.assay.scan;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Model;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;

/** The modules of one build, which depend on each other without being in any repository. */
final class Reactor implements WorkspaceReader {
    private final WorkspaceRepository repository = new WorkspaceRepository("reactor");
    private final Map<String, Module> modules = new HashMap<>();

    private record Module(Path pom, Path jar) {}

    void add(Model model, Path pom) {
        String folder = model.getBuild() == null || model.getBuild().getDirectory() == null
                ? "target"
                : model.getBuild().getDirectory();
        modules.put(model.getGroupId() + ":" + model.getArtifactId() + ":" + model.getVersion(), new Module(pom,
                pom.resolveSibling(folder).resolve(model.getArtifactId() + "-" + model.getVersion() + ".jar")));
    }

    boolean has(Artifact artifact) {
        return modules.containsKey(key(artifact));
    }

    private static String key(Artifact artifact) {
        return artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getVersion();
    }

    @Override
    public WorkspaceRepository getRepository() {
        return repository;
    }

    @Override
    public File findArtifact(Artifact artifact) {
        Module module = modules.get(key(artifact));
        if (module == null) {
            return null;
        }
        if (artifact.getExtension().equals("pom")) {
            return module.pom().toFile();
        }
        boolean packaged = artifact.getClassifier().isEmpty() && Files.isRegularFile(module.jar());
        return packaged ? module.jar().toFile() : null;
    }

    @Override
    public List<String> findVersions(Artifact artifact) {
        String prefix = artifact.getGroupId() + ":" + artifact.getArtifactId() + ":";
        return modules.keySet().stream().filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length())).toList();
    }
}
