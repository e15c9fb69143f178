package dev.assay.bpf;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object in the kernel: its maps and programs, closed together. Nothing runs until it is attached. */
public final class LoadedObject implements AutoCloseable {
    /** Maps, then programs, then links: closed the other way round, so that nothing runs without what it needs. */
    private final Opened open = new Opened();
    private final List<Path> pins = new ArrayList<>();
    private final Path pinFolder;

    private LoadedObject(Path pinFolder) {
        this.pinFolder = pinFolder;
    }

    /** Loads with {@code /sys/fs/bpf} as the folder of maps that are pinned by name. */
    public static LoadedObject load(ObjectFile object, Btf kernel) {
        return load(object, kernel, Path.of("/sys/fs/bpf"));
    }

    /**
     * Creates the maps and loads every program. A map that the object declares as pinned by name is the one in
     * {@code pinFolder} where that exists, else a new one that is pinned there and stays.
     *
     * @throws BpfException.Refused when the kernel refuses a map or a program; nothing is left behind
     * @throws BpfException.Unsupported for what this loader does not take
     */
    public static LoadedObject load(ObjectFile object, Btf kernel, Path pinFolder) {
        if (object.elf().order() != ByteOrder.nativeOrder()) {
            throw new BpfException.Unsupported(object.path() + " is " + CompatibilityCheck.order(object.elf()
                    .order())
                    + " and this machine is not; compile it with -target "
                    + (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "bpfel" : "bpfeb"));
        }
        LoadedObject loaded = new LoadedObject(pinFolder);
        try {
            Externals externals = Externals.of(object, kernel);
            List<ProgramLinker.Placed> placed = loaded.createMaps(object, externals);
            loaded.fill(placed, false);
            for (ObjectFile.Function function : object.functions()) {
                if (function.program()) {
                    loaded.open.add(loadProgram(object, kernel, externals, placed, function));
                }
            }
            loaded.fill(placed, true);
            return loaded;
        } catch (RuntimeException e) {
            loaded.close();
            loaded.pins.forEach(Pins::remove);
            throw e;
        }
    }

    private List<ProgramLinker.Placed> createMaps(ObjectFile object, Externals externals) {
        List<ProgramLinker.Placed> placed = new ArrayList<>();
        List<MapDefinitions.Declared> all = new ArrayList<>(MapDefinitions.of(object));
        externals.map().ifPresent(all::add);
        for (MapDefinitions.Declared declared : all) {
            BpfMap map = open.add(declared.pinned() ? shared(declared) : create(declared));
            if (declared.content().length > 0) {
                map.put(MapDefinitions.zero(), declared.content());
            }
            if (declared.readOnly()) {
                map.freeze();
            }
            placed.add(new ProgramLinker.Placed(declared, map));
        }
        return placed;
    }

    private static BpfMap create(MapDefinitions.Declared declared) {
        return declared.inner().isPresent()
                ? BpfMap.createOuter(declared.definition(), declared.inner().get())
                : BpfMap.create(declared.definition());
    }

    private BpfMap shared(MapDefinitions.Declared declared) {
        Path path = pinFolder.resolve(declared.definition().name());
        if (Files.exists(path)) {
            return BpfMap.pinned(declared.definition(), path);
        }
        BpfMap map = create(declared);
        try {
            map.pin(path);
            pins.add(path);
            return map;
        } catch (RuntimeException e) {
            map.close();
            throw e;
        }
    }

    /** Puts the initial values into maps of maps, or of programs, which exist only once they are loaded. */
    private void fill(List<ProgramLinker.Placed> placed, boolean programSlots) {
        for (ProgramLinker.Placed outer : placed) {
            for (MapDefinitions.Slot slot : outer.declared().slots()) {
                boolean program = outer.declared().inner().isEmpty();
                if (program == programSlots) {
                    int value = program
                            ? program(slot, outer)
                            : placed.stream().filter(p -> p.declared().section() == slot.symbol().section() && p
                                    .declared().offset() == slot.symbol().value()).findFirst().orElseThrow(
                                            () -> unknown(slot, outer, "map"))
                                    .map().descriptor();
                    outer.map().put(MapDefinitions.number(slot.index()), MapDefinitions.number(value));
                }
            }
        }
    }

    private int program(MapDefinitions.Slot slot, ProgramLinker.Placed outer) {
        return programs().stream().filter(p -> p.name().equals(slot.symbol().name())).findFirst().orElseThrow(
                () -> unknown(slot, outer, "program")).descriptor();
    }

    private static BpfException.Malformed unknown(MapDefinitions.Slot slot, ProgramLinker.Placed outer, String what) {
        return new BpfException.Malformed("map " + outer.declared().definition().name() + " begins with "
                + slot.symbol().name() + " at " + slot.index() + ", and the object has no " + what + " of that name");
    }

    private static BpfProgram loadProgram(ObjectFile object, Btf kernel, Externals externals,
            List<ProgramLinker.Placed> maps, ObjectFile.Function function) {
        Hook hook = Hook.of(function.section().name()).orElseThrow(() -> new BpfException.Unsupported(object.path()
                + ": section \"" + function.section().name() + "\" names no hook that this loader knows"));
        ProgramLinker.Linked linked = ProgramLinker.link(object, kernel, externals, maps, function);
        int version = hook.programType() == Hook.KPROBE_TYPE ? kernelVersion() : 0;
        return BpfProgram
                .load(new BpfProgram.Image(function.name(), hook, linked.code(), object.license(), new Hooks(kernel)
                        .target(hook), version), instruction -> source(object, linked, instruction));
    }

    private static String source(ObjectFile object, ProgramLinker.Linked linked, int instruction) {
        Map.Entry<ObjectFile.Function, Integer> owner = null;
        for (Map.Entry<ObjectFile.Function, Integer> entry : new LinkedHashMap<>(linked.starts()).entrySet()) {
            if (entry.getValue() <= instruction && (owner == null || entry.getValue() > owner.getValue())) {
                owner = entry;
            }
        }
        if (owner == null) {
            return "";
        }
        BtfExt.Line line = object.ext().line(owner.getKey().section().name(), owner.getKey().offset() + (instruction
                - owner.getValue()) * Instruction.BYTES);
        return " of " + owner.getKey().name() + (line == null
                ? ""
                : ", " + line.file() + ":" + line.line() + ": "
                        + line.text().strip());
    }

    /** The number that old kernels compare for kprobes: major, minor and patch, one byte each. */
    static int kernelVersion() {
        try {
            String[] parts = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip().split("[.-]");
            return Integer.parseInt(parts[0]) << 16 | Integer.parseInt(parts[1]) << 8 | Math.min(255, Integer.parseInt(
                    parts[2]));
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new BpfException.Refused("the kernel's version cannot be read: " + e, Kernel.ENOENT);
        }
    }

    /** Maps in the order of the object, global data included. */
    public List<BpfMap> maps() {
        return open.of(BpfMap.class);
    }

    /** The map of this name. */
    public Optional<BpfMap> map(String name) {
        return maps().stream().filter(m -> m.definition().name().equals(name)).findFirst();
    }

    /** Programs in the order of the object. */
    public List<BpfProgram> programs() {
        return open.of(BpfProgram.class);
    }

    /** Where maps were pinned because the object asks for it, and what {@link #pin} pinned; they outlive this. */
    public List<Path> pins() {
        return List.copyOf(pins);
    }

    /** Puts a program where its section says; it runs until the link, or this object, is closed. */
    public BpfLink attach(BpfProgram program) {
        return open.add(Attachment.attach(program));
    }

    /**
     * Keeps every program and map in {@code folder} after this is closed, which is made where it is not there. Either
     * all are kept or none: what was pinned before a refusal is removed again.
     *
     * @return where they are
     * @throws BpfException.NotFound where {@code folder} is in no BPF file system
     * @throws BpfException.Unsupported where it has something of such a name
     */
    public List<Path> pin(Path folder) {
        Pins made = new Pins(folder);
        try {
            programs().forEach(p -> made.add(p.name(), p::pin));
            maps().forEach(m -> made.add(m.definition().name(), m::pin));
        } catch (RuntimeException e) {
            made.remove();
            throw e;
        }
        pins.addAll(made.paths());
        return made.paths();
    }

    @Override
    public void close() {
        open.close();
    }
}
