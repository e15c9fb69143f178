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
    private final List<BpfMap> maps = new ArrayList<>();
    private final List<BpfProgram> programs = new ArrayList<>();
    private final List<BpfLink> links = new ArrayList<>();

    private LoadedObject() {}

    /**
     * Creates the maps and loads every program.
     *
     * @throws BpfException.Refused when the kernel refuses a map or a program; nothing is left behind
     * @throws BpfException.Unsupported for what this loader does not take
     */
    public static LoadedObject load(ObjectFile object, Btf kernel) {
        if (object.elf().order() != ByteOrder.nativeOrder()) {
            throw new BpfException.Unsupported(object.path() + " is " + object.elf().order()
                    + " and this machine is not; compile it with -target "
                    + (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "bpfel" : "bpfeb"));
        }
        LoadedObject loaded = new LoadedObject();
        try {
            List<ProgramLinker.Placed> placed = loaded.createMaps(object);
            for (ObjectFile.Function function : object.functions()) {
                if (function.program()) {
                    loaded.programs.add(loadProgram(object, kernel, placed, function));
                }
            }
            return loaded;
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    private List<ProgramLinker.Placed> createMaps(ObjectFile object) {
        List<ProgramLinker.Placed> placed = new ArrayList<>();
        for (MapDefinitions.Declared declared : MapDefinitions.of(object)) {
            BpfMap map = BpfMap.create(declared.definition());
            maps.add(map);
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

    private static BpfProgram loadProgram(ObjectFile object, Btf kernel, List<ProgramLinker.Placed> maps,
            ObjectFile.Function function) {
        Hook hook = Hook.of(function.section().name()).orElseThrow(() -> new BpfException.Unsupported(object.path()
                + ": section \"" + function.section().name() + "\" names no hook that this loader knows"));
        ProgramLinker.Linked linked = ProgramLinker.link(object, kernel, maps, function);
        int version = hook.programType() == Hook.KPROBE_TYPE ? kernelVersion() : 0;
        return BpfProgram.load(new BpfProgram.Image(function.name(), hook, linked.code(), object.license(), hook
                .targetType(kernel), version), instruction -> source(object, linked, instruction));
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
        return List.copyOf(maps);
    }

    /** The map of this name. */
    public Optional<BpfMap> map(String name) {
        return maps.stream().filter(m -> m.definition().name().equals(name)).findFirst();
    }

    /** Programs in the order of the object. */
    public List<BpfProgram> programs() {
        return List.copyOf(programs);
    }

    /** Puts a program where its section says; it runs until the link, or this object, is closed. */
    public BpfLink attach(BpfProgram program) {
        BpfLink link = Attachment.attach(program);
        links.add(link);
        return link;
    }

    @Override
    public void close() {
        links.reversed().forEach(BpfLink::close);
        programs.forEach(BpfProgram::close);
        maps.forEach(BpfMap::close);
    }
}
