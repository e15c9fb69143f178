package dev.assay.bpf;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an object declares {@code extern} for its loader to fill: the kernel's configuration ({@code __kconfig}, BTF
 * section {@code .kconfig}) and its symbols ({@code __ksym}, {@code .ksyms}). A weak one that is not there is 0.
 */
final class Externals {
    private static final String SETTINGS = ".kconfig";
    private static final String SYMBOLS = ".ksyms";
    private static final int WEAK = 2;
    private static final int MAX_BYTES = 1 << 20;

    private final ObjectFile object;
    private final Btf kernel;
    private final Map<String, External> found = new LinkedHashMap<>();
    private byte[] settings = {};

    /** What a name stands for. */
    sealed interface External {
        /** A place in the map of settings. */
        record Setting(int offset) implements External {}

        /** A number: the address of a symbol, or 0. */
        record Address(long value) implements External {}

        /** A variable or function that the verifier knows by its number in the kernel's types. */
        record Typed(int id) implements External {}
    }

    private Externals(ObjectFile object, Btf kernel) {
        this.object = object;
        this.kernel = kernel;
    }

    /**
     * Finds all of them.
     *
     * @throws BpfException.Refused for one that this kernel does not have and that is not weak
     */
    static Externals of(ObjectFile object, Btf kernel) {
        Externals externals = new Externals(object, kernel);
        object.btf().ifPresent(btf -> {
            externals.settings(btf);
            externals.symbols(btf);
        });
        return externals;
    }

    Optional<External> find(String name) {
        return Optional.ofNullable(found.get(name));
    }

    /** The map that holds the settings; it belongs to section 0, where undefined symbols are. */
    Optional<MapDefinitions.Declared> map() {
        return settings.length == 0
                ? Optional.empty()
                : Optional.of(MapDefinitions.Declared.data(new BpfMap.Definition(SETTINGS, BpfMap.ARRAY, 4,
                        settings.length, 1, BpfMap.MMAPABLE | BpfMap.READ_ONLY_PROGRAM), 0, settings, true));
    }

    /** Typed symbols that {@code kernel} does not have and the object cannot do without. */
    static List<String> problems(ObjectFile object, Btf kernel) {
        Externals externals = new Externals(object, kernel);
        List<String> problems = new ArrayList<>();
        object.btf().ifPresent(btf -> {
            for (int member : members(btf, SYMBOLS)) {
                Kind kind = btf.kind(member);
                boolean typed = kind == Kind.FUNC || kind == Kind.VAR && btf.resolve(btf.target(member)) != 0;
                if (typed && externals.typed(btf.name(member), kind).isEmpty() && !externals.weak(btf.name(member))) {
                    problems.add("the object needs the kernel's " + kind.words() + " " + btf.name(member) + ", and "
                            + kernel.origin() + " has none");
                }
            }
        });
        return problems;
    }

    private static int[] members(Btf btf, String section) {
        for (int id : btf.find(section, false)) {
            if (btf.kind(id) == Kind.DATASEC) {
                int[] members = new int[btf.length(id)];
                for (int i = 0; i < members.length; i++) {
                    members[i] = btf.element(id, i, 3, 0);
                }
                return members;
            }
        }
        return new int[0];
    }

    private boolean weak(String name) {
        return object.symbols().stream().anyMatch(s -> s.section() == 0 && s.name().equals(name) && s
                .binding() == WEAK);
    }

    private void settings(Btf btf) {
        int[] variables = members(btf, SETTINGS);
        if (variables.length == 0) {
            return;
        }
        CLayout layout = new CLayout(btf);
        KernelConfiguration configuration = new KernelConfiguration(kernel);
        int at = 0;
        ByteBuffer values = ByteBuffer.allocate(0);
        for (int variable : variables) {
            String name = btf.name(variable);
            int type = btf.resolve(btf.target(variable));
            long bytes = btf.sizeOf(type);
            int alignment = layout.alignment(type);
            at = (at + alignment - 1) / alignment * alignment;
            if (bytes > MAX_BYTES - at) {
                throw new BpfException.Malformed(object.path() + ": the settings that it asks for are over 1 MiB");
            }
            values = ByteBuffer.wrap(Arrays.copyOf(values.array(), at + (int) bytes)).order(ByteOrder.nativeOrder());
            Optional<String> value = configuration.value(name);
            if (value.isPresent()) {
                put(btf, name, type, value.get(), values.position(at).slice().order(values.order()));
            } else if (!weak(name)) {
                throw new BpfException.Refused(object.path() + " needs the kernel's setting " + name + ", and "
                        + configuration.origin() + " does not have it; declare it __weak where the program can do "
                        + "without", Kernel.ENOENT);
            }
            found.put(name, new External.Setting(at));
            at += (int) bytes;
        }
        settings = values.array();
    }

    private void put(Btf btf, String name, int type, String value, ByteBuffer to) {
        int bytes = to.remaining();
        boolean state = value.equals("y") || value.equals("n") || value.equals("m");
        if (btf.kind(type) == Kind.ARRAY && value.startsWith("\"") && btf.sizeOf(btf.arrayElement(type)) == 1) {
            byte[] letters = value.substring(1, Math.max(1, value.length() - 1)).getBytes(
                    java.nio.charset.StandardCharsets.UTF_8);
            to.put(letters, 0, Math.min(letters.length, bytes - 1));
        } else if (btf.bool(type) && state && !value.equals("m")) {
            to.put((byte) (value.equals("y") ? 1 : 0));
        } else if (btf.kind(type) == Kind.INT && bytes == 1 && state) {
            to.put((byte) value.charAt(0));
        } else if (btf.kind(type) == Kind.ENUM && bytes == 4 && btf.name(type).equals("libbpf_tristate") && state) {
            to.putInt("nym".indexOf(value));
        } else if (btf.kind(type) == Kind.INT && number(value).isPresent()) {
            BigInteger number = number(value).get();
            int bits = btf.bool(type) ? 1 : 8 * bytes - (btf.signed(type) ? 1 : 0);
            if (number.bitLength() > bits || !btf.signed(type) && number.signum() < 0) {
                throw wrong(name, value, btf, type);
            }
            switch (bytes) {
                case 1 -> to.put(number.byteValue());
                case 2 -> to.putShort(number.shortValue());
                case 4 -> to.putInt(number.intValue());
                default -> to.putLong(number.longValue());
            }
        } else {
            throw wrong(name, value, btf, type);
        }
    }

    private static Optional<BigInteger> number(String value) {
        try {
            return Optional.of(value.startsWith("0x")
                    ? new BigInteger(value.substring(2), 16)
                    : new BigInteger(value));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private BpfException.Refused wrong(String name, String value, Btf btf, int type) {
        return new BpfException.Refused(object.path() + " declares " + name + " as " + TypeText.of(btf, type)
                + ", and this kernel has it as " + value + ", which is not of that type", Kernel.ENOENT);
    }

    private void symbols(Btf btf) {
        for (int member : members(btf, SYMBOLS)) {
            String name = btf.name(member);
            if (btf.kind(member) == Kind.FUNC) {
                put(name, typed(name, Kind.FUNC));
                continue;
            }
            int type = btf.resolve(btf.target(member));
            if (type == 0) {
                OptionalLong address = new KernelSymbols().address(name);
                put(name, address.isPresent()
                        ? Optional.of(new External.Address(address.getAsLong()))
                        : Optional.empty());
                continue;
            }
            Optional<External> variable = typed(name, Kind.VAR);
            if (variable.isPresent() && variable.get() instanceof External.Typed there && !TypeMatch.compatible(btf,
                    type, kernel, kernel.resolve(kernel.target(there.id())))) {
                throw new BpfException.Refused(object.path() + " declares " + name + " as " + TypeText.of(btf, type)
                        + ", and this kernel has it as " + TypeText.of(kernel, kernel.target(there.id())),
                        Kernel.ENOENT);
            }
            put(name, variable);
        }
    }

    private void put(String name, Optional<External> external) {
        if (external.isEmpty() && !weak(name)) {
            throw new BpfException.Refused(object.path() + " needs the kernel's symbol " + name
                    + ", and this kernel has none (by its types, or /proc/kallsyms for one without a type)" + elsewhere(
                            name)
                    + "; declare it __weak where the program can do without", Kernel.ENOENT);
        }
        found.put(name, external.orElse(new External.Address(0)));
    }

    private static String elsewhere(String name) {
        return new KernelSymbols().owner(name).map(o -> o.equals(KernelTypes.KERNEL)
                ? "; it is there without a type: declare it extern const void to have its address"
                : "; module " + o + " has it, of which only the address can be had: declare it extern const void")
                .orElse("");
    }

    private Optional<External> typed(String name, Kind kind) {
        OptionalInt id = Arrays.stream(kernel.find(Flavour.essential(name), false)).filter(i -> kernel.kind(i) == kind)
                .findFirst();
        return id.isPresent() ? Optional.of(new External.Typed(id.getAsInt())) : Optional.empty();
    }
}
