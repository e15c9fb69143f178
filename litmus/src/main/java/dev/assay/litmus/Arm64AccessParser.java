package dev.assay.litmus;

import dev.assay.litmus.Arm64Instruction.Address;
import dev.assay.litmus.Arm64Instruction.Atomic;
import dev.assay.litmus.Arm64Instruction.AtomicOperation;
import dev.assay.litmus.Arm64Instruction.CompareAndSwap;
import dev.assay.litmus.Arm64Instruction.CompareAndSwapPair;
import dev.assay.litmus.Arm64Instruction.Immediate;
import dev.assay.litmus.Arm64Instruction.Indexing;
import dev.assay.litmus.Arm64Instruction.Load;
import dev.assay.litmus.Arm64Instruction.LoadExclusive;
import dev.assay.litmus.Arm64Instruction.LoadOrder;
import dev.assay.litmus.Arm64Instruction.LoadPair;
import dev.assay.litmus.Arm64Instruction.Operand;
import dev.assay.litmus.Arm64Instruction.Shift;
import dev.assay.litmus.Arm64Instruction.Shifted;
import dev.assay.litmus.Arm64Instruction.Store;
import dev.assay.litmus.Arm64Instruction.StoreExclusive;
import dev.assay.litmus.Arm64Instruction.StorePair;
import dev.assay.litmus.Arm64Instruction.Swap;
import dev.assay.litmus.Arm64Parser.Arm64Operands;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the memory accesses of AArch64: the mnemonic says kind, ordering and size. */
final class Arm64AccessParser {
    private static final Pattern LOAD = Pattern.compile("LD(R|UR|AR|APR|APUR|XR|AXR)(SB|SH|SW|B|H)?");
    private static final Pattern STORE = Pattern.compile("ST(R|UR|LR|LUR|XR|LXR)(B|H)?");
    private static final Pattern PAIR = Pattern
            .compile("(LDP|LDNP|LDPSW|LDIAPP|LDAP|STP|STNP|STILP|STLP|LDXP|LDAXP|STXP|STLXP)");
    private static final Pattern ATOMIC = Pattern
            .compile("(LD|ST)(ADD|CLR|EOR|SET|SMAX|SMIN|UMAX|UMIN)(AL|A|L)?(B|H)?");
    private static final Pattern SWAP = Pattern.compile("(SWP|CAS|CASP)(AL|A|L)?(B|H)?");

    private final TextScanner in;
    private final Arm64Operands operands;
    private final String word;

    Arm64AccessParser(TextScanner in, Arm64Operands operands, String word) {
        this.in = in;
        this.operands = operands;
        this.word = word;
    }

    Optional<Arm64Instruction> instruction() {
        Matcher load = LOAD.matcher(word);
        if (load.matches()) {
            return Optional.of(load(load.group(1), Optional.ofNullable(load.group(2)).orElse("")));
        }
        Matcher store = STORE.matcher(word);
        if (store.matches()) {
            return Optional.of(store(store.group(1), Optional.ofNullable(store.group(2)).orElse("")));
        }
        if (PAIR.matcher(word).matches()) {
            return Optional.of(pair());
        }
        Matcher atomic = ATOMIC.matcher(word);
        if (atomic.matches()) {
            return Optional.of(atomic(atomic));
        }
        Matcher swap = SWAP.matcher(word);
        return swap.matches() ? Optional.of(swap(swap)) : Optional.empty();
    }

    private static int size(String suffix, Arm64Register register) {
        return switch (suffix) {
            case "B", "SB" -> 1;
            case "H", "SH" -> 2;
            case "SW" -> 4;
            default -> register.wide() ? 8 : 4;
        };
    }

    private Arm64Instruction load(String kind, String suffix) {
        Arm64Register target = operands.register();
        operands.comma();
        int size = size(suffix, target);
        if (kind.equals("XR") || kind.equals("AXR")) {
            return new LoadExclusive(size, target, Optional.empty(), base(), kind.equals("AXR"));
        }
        LoadOrder order = kind.startsWith("AP")
                ? LoadOrder.ACQUIRE_PC
                : kind.equals("AR")
                        ? LoadOrder.ACQUIRE
                        : LoadOrder.PLAIN;
        Address address = kind.equals("AR") || kind.equals("APR") ? Address.of(base()) : address();
        return new Load(size, suffix.startsWith("S"), target, address, order);
    }

    private Arm64Instruction store(String kind, String suffix) {
        Arm64Register first = operands.register();
        operands.comma();
        if (kind.equals("XR") || kind.equals("LXR")) {
            Arm64Register source = operands.register();
            operands.comma();
            return new StoreExclusive(size(suffix, source), first, source, Optional.empty(), base(),
                    kind.equals("LXR"));
        }
        boolean release = kind.startsWith("L");
        return new Store(size(suffix, first), first, kind.equals("LR") ? Address.of(base()) : address(), release);
    }

    private Arm64Instruction pair() {
        Arm64Register first = operands.register();
        operands.comma();
        Arm64Register second = operands.register();
        operands.comma();
        switch (word) {
            case "LDXP", "LDAXP" -> {
                return new LoadExclusive(size("", first), first, Optional.of(second), base(), word.equals("LDAXP"));
            }
            case "STXP", "STLXP" -> {
                Arm64Register third = operands.register();
                operands.comma();
                return new StoreExclusive(size("", second), first, second, Optional.of(third), base(),
                        word.equals("STLXP"));
            }
            default -> {
                Address address = address();
                boolean signed = word.equals("LDPSW");
                int size = signed ? 4 : size("", first);
                if (word.startsWith("LD")) {
                    return new LoadPair(size, signed, first, second, address,
                            word.equals("LDIAPP")
                                    ? LoadOrder.ACQUIRE_PC
                                    : word.equals("LDAP") ? LoadOrder.ACQUIRE : LoadOrder.PLAIN);
                }
                return new StorePair(size, first, second, address, word.equals("STILP") || word.equals("STLP"));
            }
        }
    }

    private Arm64Instruction atomic(Matcher name) {
        Arm64Register source = operands.register();
        operands.comma();
        Optional<Arm64Register> target = Optional.empty();
        if (name.group(1).equals("LD")) {
            target = Optional.of(operands.register());
            operands.comma();
        }
        String order = Optional.ofNullable(name.group(3)).orElse("");
        return new Atomic(AtomicOperation.valueOf(name.group(2)),
                size(Optional.ofNullable(name.group(4)).orElse(""), source),
                source, target, base(), order.contains("A"), order.contains("L"));
    }

    private Arm64Instruction swap(Matcher name) {
        String order = Optional.ofNullable(name.group(2)).orElse("");
        boolean acquire = order.contains("A");
        boolean release = order.contains("L");
        Arm64Register first = operands.register();
        operands.comma();
        Arm64Register second = operands.register();
        operands.comma();
        int size = size(Optional.ofNullable(name.group(3)).orElse(""), first);
        if (name.group(1).equals("CASP")) {
            Arm64Register desired = operands.register();
            operands.comma();
            Arm64Register last = operands.register();
            operands.comma();
            if (second.number() != first.number() + 1 || last.number() != desired.number() + 1
                    || first.number() % 2 != 0
                    || desired.number() % 2 != 0) {
                throw in.error("CASP takes two pairs of consecutive registers that start with an even one");
            }
            return new CompareAndSwapPair(size, first, desired, base(), acquire, release);
        }
        return name.group(1).equals("SWP")
                ? new Swap(size, first, second, base(), acquire, release)
                : new CompareAndSwap(size, first, second, base(), acquire, release);
    }

    /** A base register alone, as the ordered and atomic accesses have it; a zero offset may be written. */
    private Arm64Register base() {
        Address address = address();
        if (address.indexing() != Indexing.OFFSET || !(address.offset() instanceof Immediate i && i.value() == 0)) {
            throw in.error(word + " takes a base register alone as its address");
        }
        return address.base();
    }

    private Address address() {
        in.expect("[");
        Arm64Register base = operands.register();
        if (in.take("]")) {
            if (in.take(",")) {
                return new Address(base, operands.operand(), Indexing.POST);
            }
            return Address.of(base);
        }
        operands.comma();
        Operand offset;
        if (in.peek() == '#' || in.nextIsNumber()) {
            offset = new Immediate(operands.number());
        } else {
            Arm64Register index = operands.register();
            offset = in.take(",") ? operands.modified(index) : new Shifted(index, Shift.LSL, 0);
        }
        in.expect("]");
        return new Address(base, offset, in.take("!") ? Indexing.PRE : Indexing.OFFSET);
    }
}
