package dev.assay.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the files that describe a machine are: the live system, or a machine saved earlier.
 *
 * <p>
 * A saved machine is a directory laid out like {@code /} (with {@code proc}, {@code sys}, …), or a text file in the form
 * of {@link Snapshot}, alone or as {@code machine.txt} in a directory. Paths are absolute, as on the machine itself. A
 * saved machine never answers from this one: links that lead out of the directory are refused. At most
 * {@value #LIMIT} bytes of a file are read.
 */
public final class Root {
    /** /proc/cpuinfo of a thousand processors is about 1.5 MB; nothing that is read here is longer. */
    static final int LIMIT = 8 << 20;
    private static final Root LIVE = new Root(Path.of("/"), true, null, null);

    private final Path directory;
    private final boolean live;
    private final NavigableMap<String, Snapshot.Entry> saved;
    private final NavigableMap<String, Snapshot.Entry> recorded;

    private Root(Path directory, boolean live, NavigableMap<String, Snapshot.Entry> saved,
            NavigableMap<String, Snapshot.Entry> recorded) {
        this.directory = directory;
        this.live = live;
        this.saved = saved;
        this.recorded = recorded;
    }

    /** This machine, now. */
    public static Root live() {
        return LIVE;
    }

    /**
     * A saved machine.
     *
     * @throws MachineException when there is nothing at {@code path} that describes a machine
     */
    public static Root at(Path path) {
        try {
            Path real = path.toRealPath();
            Path text = Files.isDirectory(real) ? real.resolve("machine.txt") : real;
            if (Files.isRegularFile(text)) {
                if (Files.size(text) > LIMIT) {
                    throw new MachineException("a saved machine is at most " + LIMIT + " bytes long; " + text + " has "
                            + Files.size(text));
                }
                return of(Files.readString(text, StandardCharsets.ISO_8859_1), text.toString());
            }
            if (!Files.isDirectory(real.resolve("proc")) && !Files.isDirectory(real.resolve("sys"))) {
                throw new MachineException("a saved machine holds proc, sys or machine.txt; " + path
                        + " holds none of them. Save one with: assay machine --save FILE");
            }
            return new Root(real, real.equals(Path.of("/")), null, null);
        } catch (IOException e) {
            throw new MachineException("no saved machine can be read at " + path + " (" + e.getClass().getSimpleName()
                    + "); name a directory or a file written by: assay machine --save FILE", e);
        }
    }

    /** A machine whose files are these. */
    static Root of(NavigableMap<String, Snapshot.Entry> files) {
        return new Root(Path.of("/"), false, files, null);
    }

    /** A machine in the text form of {@link Snapshot}; {@code name} is for messages. */
    static Root of(String snapshot, String name) {
        return new Root(Path.of("/"), false, Snapshot.parse(snapshot, name), null);
    }

    /**
     * This machine in the text form of {@link Snapshot}: exactly the files that reading it opens, so that reading it
     * back tells the same. Holds no host name, serial number or user data.
     */
    public static String save() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Snapshot.write(Foreign.capture());
        }
        NavigableMap<String, Snapshot.Entry> files = new TreeMap<>();
        Machine.read(new Root(Path.of("/"), true, null, files));
        return Snapshot.write(files);
    }

    public boolean isLive() {
        return live;
    }

    /** The bytes of a file, or why there are none. */
    Reading<byte[]> bytes(String path) {
        Reading<byte[]> bytes = readBytes(path);
        if (recorded != null && !(bytes instanceof Reading.Unsupported<byte[]>)) {
            recorded.put(path, bytes.isKnown()
                    ? new Snapshot.Content(bytes.orElse(new byte[0]))
                    : new Snapshot.Denied());
        }
        return bytes;
    }

    private Reading<byte[]> readBytes(String path) {
        if (saved != null) {
            Snapshot.Entry entry = saved.get(path);
            return entry == null ? Reading.unsupported("there is no " + path) : entry.bytes(path);
        }
        try {
            Path file = resolve(path);
            if (Files.isDirectory(file)) {
                return Reading.unreadable(path + " is a directory");
            }
            if (!live && !Files.isRegularFile(file) && Files.exists(file)) {
                return Reading.unreadable(path + " is not a plain file"); // a FIFO would block for ever
            }
            try (InputStream in = Files.newInputStream(file)) {
                return Reading.known(in.readNBytes(LIMIT), path);
            }
        } catch (NoSuchFileException e) {
            return Reading.unsupported("there is no " + path);
        } catch (AccessDeniedException e) {
            return Reading.unreadable("no permission to read " + path);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Reading.unreadable(path + " cannot be read: " + why.replace(path + ": ", ""));
        }
    }

    private Path resolve(String path) throws IOException {
        Path file = live ? Path.of(path) : directory.resolve(path.substring(1));
        if (!live && Files.exists(file) && !file.toRealPath().startsWith(directory)) {
            throw new IOException("it leads out of the saved machine");
        }
        return file;
    }

    /** The file as text, without the white space at its end. Bytes beyond ASCII are kept one to one. */
    Reading<String> text(String path) {
        return bytes(path).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).stripTrailing());
    }

    /** A file of one line that says something. */
    Reading<String> word(String path) {
        return text(path).map(text -> {
            String stripped = text.strip();
            if (stripped.isEmpty()) {
                throw new IllegalArgumentException("the file is empty");
            }
            int end = stripped.indexOf('\n');
            return end < 0 ? stripped : stripped.substring(0, end).strip();
        });
    }

    /** A file that holds one decimal number. */
    Reading<Long> number(String path) {
        return word(path).map(Parse::number);
    }

    /** A file that holds a list such as {@code 0-3,8}. */
    Reading<BitSet> set(String path) {
        return text(path).map(text -> Parse.set(text.strip()));
    }

    boolean exists(String path) {
        if (saved != null) {
            String below = saved.ceilingKey(path);
            return saved.containsKey(path) || below != null && !names(path).isEmpty();
        }
        try {
            Path file = resolve(path);
            if (recorded != null && Files.isRegularFile(file)) {
                recorded.putIfAbsent(path, new Snapshot.Content(new byte[0]));
            }
            return Files.exists(file);
        } catch (IOException e) {
            return false;
        }
    }

    /** The names in a directory, in natural order (cpu2 before cpu10); none when it cannot be listed. */
    List<String> names(String directory) {
        TreeSet<String> names = new TreeSet<>(Parse.NATURAL);
        if (saved != null) {
            String prefix = directory.equals("/") ? "/" : directory + "/";
            for (String path : saved.subMap(prefix, true, prefix + Character.MAX_VALUE, false).keySet()) {
                String rest = path.substring(prefix.length());
                int slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash));
            }
        } else {
            try (Stream<Path> files = Files.list(resolve(directory))) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            } catch (IOException | java.io.UncheckedIOException e) {
                return List.of();
            }
        }
        return new ArrayList<>(names);
    }

    /** The last name of what a link points to, such as a device's driver. */
    Reading<String> link(String path) {
        if (saved != null) {
            Snapshot.Entry entry = saved.get(path);
            return entry == null ? Reading.unsupported("there is no " + path) : entry.link(path).map(Root::last);
        }
        Path link = live ? Path.of(path) : directory.resolve(path.substring(1));
        if (!Files.isSymbolicLink(link)) {
            return Reading.unsupported("there is no link " + path);
        }
        try {
            String target = last(Files.readSymbolicLink(link).toString());
            if (recorded != null) {
                recorded.put(path, new Snapshot.Link(target));
            }
            return Reading.known(target, path);
        } catch (IOException e) {
            return Reading.unreadable(path + " cannot be followed: " + e.getMessage());
        }
    }

    private static String last(String target) {
        return target.substring(target.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return live ? "this machine" : "a saved machine";
    }
}
