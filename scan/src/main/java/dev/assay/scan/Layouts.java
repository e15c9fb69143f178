package dev.assay.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jol.datamodel.DataModel;
import org.openjdk.jol.datamodel.Model64;
import org.openjdk.jol.datamodel.Model64_Lilliput;
import org.openjdk.jol.info.ClassData;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldData;
import org.openjdk.jol.layouters.HotSpotLayouter;

/**
 * Lays out classes as HotSpot does, by JOL's model of it, from their class files: no class of the artifact is loaded.
 *
 * <p>
 * The model is that of a 64-bit VM with compressed references and classes; a test holds it against the running VM.
 */
public final class Layouts {
    private static final int JDK = 25;
    private static final int MOST_SUPERS = 64;
    private static final Set<String> CONTENDED = Set.of("Ljdk/internal/vm/annotation/Contended;",
            "Lsun/misc/Contended;");

    private final Map<String, ClassView> classes = new HashMap<>();

    private Layouts() {}

    /**
     * The layouts of the classes with these dotted names, or where none are given of all that have a volatile or contended
     * field.
     *
     * @throws ScanException.Usage
     *             when a named class is not in the paths
     */
    public static List<ObjectLayout> of(List<Path> paths, Set<String> names, boolean compactHeaders) {
        Layouts layouts = new Layouts();
        paths.forEach(layouts::read);
        if (names.isEmpty()) {
            return layouts.classes.values().stream()
                    .filter(view -> view.fields.values().stream().anyMatch(Layouts::alone))
                    .map(view -> view.name).filter(name -> layouts.complete(name, 0)).sorted()
                    .map(name -> layouts.layout(name, compactHeaders)).toList();
        }
        return names.stream().sorted().map(name -> {
            String internal = name.replace('.', '/');
            if (!layouts.classes.containsKey(internal)) {
                throw new ScanException.Usage("--layout names classes in the paths; " + name
                        + " is not there. Inner classes are written with $.");
            }
            return layouts.layout(internal, compactHeaders);
        }).toList();
    }

    private void read(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try (RandomBytes bytes = RandomBytes.open(file)) {
                    new ArtifactReader(Target.LINUX_AARCH64, new Collect(), Unwanted.TEXTS).read(
                            new ArtifactFacts(file.toString()),
                            file.getFileName().toString(), bytes);
                } catch (IOException e) {
                    throw new ScanException.Usage(
                            "A path must be readable; " + file + " is not (" + e.getMessage() + ").");
                }
            });
        } catch (IOException e) {
            throw new ScanException.Usage(
                    "A path must exist and be readable; " + path + " is not (" + e.getMessage() + ").");
        }
    }

    private final class Collect implements ArtifactReader.ClassVisitor {
        @Override
        public void visit(ArtifactFacts owner, String entry, byte[] bytes) {
            if (!entry.startsWith("META-INF/versions/")) {
                ClassView view = ClassView.of(bytes);
                classes.putIfAbsent(view.name, view);
            }
        }

        @Override
        public void finished(ArtifactFacts owner) {}

        @Override
        public boolean wanted() {
            return true;
        }
    }

    private ObjectLayout layout(String name, boolean compactHeaders) {
        DataModel model = compactHeaders ? new Model64_Lilliput(true, 8, false) : new Model64(true, true, 8);
        ClassLayout layout = new HotSpotLayouter(model, JDK).layout(data(name, 0));
        List<ObjectLayout.Place> places = new ArrayList<>();
        layout.fields().forEach(field -> {
            ClassView owner = classes.get(field.hostClass().replace('.', '/'));
            boolean alone = owner != null && owner.fields.containsKey(field.name())
                    && alone(owner.fields.get(field.name()));
            places.add(new ObjectLayout.Place(field.hostClass(), field.name(), field.typeClass(), field.offset(),
                    field.size(),
                    alone));
        });
        return new ObjectLayout(name.replace('/', '.'), compactHeaders, layout.headerSize(), layout.instanceSize(),
                layout.getLossesTotal(), places);
    }

    /** Whether all super classes are here; of a class that nobody named the layout is otherwise left out. */
    private boolean complete(String name, int depth) {
        ClassView view = classes.get(name);
        if (view != null && depth < MOST_SUPERS) {
            return view.superName.isEmpty() || complete(view.superName, depth + 1);
        }
        try {
            Class.forName(name.replace('/', '.'), false, null);
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    private ClassData data(String name, int depth) {
        ClassView view = classes.get(name);
        if (view == null || depth > MOST_SUPERS) {
            return jdk(name);
        }
        ClassData data = new ClassData(view.dotted());
        data.addSuperClass(view.dotted());
        for (ClassView.Field field : view.fields.values()) {
            if (!field.isStatic()) {
                boolean contended = field.annotations().stream().anyMatch(CONTENDED::contains);
                data.addField(FieldData.create(view.dotted(), field.name(), java(field.desc()), contended, ""));
            }
        }
        if (!view.superName.isEmpty() && !view.superName.equals("java/lang/Object")) {
            ClassData above = data(view.superName, depth + 1);
            data.addSuperClassData(above);
            data.merge(above);
        }
        return data;
    }

    /** Classes of the JDK are asked of the running one, without initialising them. */
    private static ClassData jdk(String name) {
        try {
            return ClassData.parseClass(Class.forName(name.replace('/', '.'), false, null));
        } catch (ClassNotFoundException e) {
            throw new ScanException.Usage("The layout of a class needs its super classes; " + name.replace('/', '.')
                    + " is not in the paths. Name the archive that holds it too.");
        }
    }

    private static boolean alone(ClassView.Field field) {
        return !field.isStatic() && (field.isVolatile() || field.annotations().stream().anyMatch(CONTENDED::contains));
    }

    private static String java(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'S' -> "short";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            default -> "java.lang.Object";
        };
    }
}
