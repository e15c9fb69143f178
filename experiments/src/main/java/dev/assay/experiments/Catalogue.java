package dev.assay.experiments;

import dev.assay.lab.Experiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * All chapters, found by looking at the classes of this package: whatever is public, final and an {@link Experiment} is
 * one, and needs no registration.
 */
public final class Catalogue {
    private static final String SUFFIX = ".class";

    private Catalogue() {}

    /** A new instance of every chapter, by group and id. */
    public static List<Experiment> all() {
        List<Experiment> chapters = new ArrayList<>();
        for (String name : topLevelClasses()) {
            chapter(name).ifPresent(chapters::add);
        }
        chapters.sort(Comparator.comparing(e -> e.card().id()));
        return chapters;
    }

    private static java.util.Optional<Experiment> chapter(String name) {
        try {
            Class<?> type = Class.forName(name, false, Catalogue.class.getClassLoader());
            int modifiers = type.getModifiers();
            if (!Experiment.class.isAssignableFrom(type) || !Modifier.isPublic(modifiers)
                    || !Modifier.isFinal(modifiers)) {
                return java.util.Optional.empty();
            }
            return java.util.Optional.of((Experiment) type.getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the chapter " + name + " needs a public constructor without parameters",
                    e);
        }
    }

    private static List<String> topLevelClasses() {
        String folder = Catalogue.class.getPackageName().replace('.', '/');
        try {
            URI home = Catalogue.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            Path path = Path.of(home);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path.resolve(folder))) {
                    return classNames(files.map(f -> folder + "/" + f.getFileName()));
                }
            }
            try (JarFile jar = new JarFile(path.toFile())) {
                return classNames(jar.stream().map(entry -> entry.getName())
                        .filter(name -> name.startsWith(folder + "/") && name.indexOf('/', folder.length() + 1) < 0));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the catalogue does not know where it is", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue cannot be read", e);
        }
    }

    private static List<String> classNames(Stream<String> files) {
        return files.filter(f -> f.endsWith(SUFFIX) && f.indexOf('$') < 0 && !f.endsWith("package-info.class"))
                .map(f -> f.substring(0, f.length() - SUFFIX.length()).replace('/', '.')).toList();
    }
}
