package dev.assay.scan;

import java.util.List;
import java.util.Set;

/** Two calls on a concurrent map that only one call can join. */
final class CheckThenAct implements HazardRule {
    private static final Rule RULE = new Rule("hazard.check-then-act", Severity.WARNING, Confidence.HIGH,
            "A concurrent map is asked and then changed for the same key",
            "Without a lock, a method asks a concurrent map about a key and then, on the answer, puts or removes the same key."
                    + " High confidence where the new value is computed from the old one, or where containsKey decides about"
                    + " a map and a key that others can have, unless the value is the key itself or a constant;"
                    + " medium for get, null check and put, which loses nothing when the value is a pure function of the key.",
            "Each call is atomic, the pair is not: another thread acts in between and its update is lost. More cores and"
                    + " different timing make it frequent.",
            "if (!map.containsKey(k)) map.put(k, v);   map.put(k, map.get(k) + 1);",
            "map.putIfAbsent(k, v);   map.merge(k, 1, Integer::sum);",
            "Use putIfAbsent, computeIfAbsent, compute, merge or replace.");
    private static final Set<String> CONCURRENT = Set.of("java/util/concurrent/ConcurrentHashMap",
            "java/util/concurrent/ConcurrentMap", "java/util/concurrent/ConcurrentSkipListMap",
            "java/util/concurrent/ConcurrentNavigableMap");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods().filter(method -> !method.initialises()).forEach(method -> {
            List<Insn> code = method.code();
            Flow flow = new Flow(code);
            for (Insn act : code) {
                if (onMap(nest, act) && Set.of("put", "remove").contains(act.name) && act.in.length >= 2
                        && !nest.guarded(method, act)) {
                    judge(nest, method, flow, act, report);
                }
            }
        });
    }

    private static void judge(Nest nest, ClassView.Method method, Flow flow, Insn act, Hazards.Report report) {
        List<Insn> code = method.code();
        for (Insn ask : code) {
            if (ask.index >= act.index) {
                return;
            }
            if (!onMap(nest, ask) || ask.in.length != 2 || !ask.receiver().same(act.receiver())
                    || !ask.in[1].same(act.in[1]) || ask.locks > 0) {
                continue;
            }
            boolean put = act.name.equals("put");
            if (ask.name.equals("get") && put && computed(act.in[2], ask)) {
                report.add(Confidence.HIGH, method.at(act),
                        "the value put is computed from the value got for the same key:"
                                + " an update between get and put is lost");
            } else if (ask.name.equals("containsKey") && decides(code, flow, ask, act) && discarded(code, act) && put) {
                report.add(shared(act) ? Confidence.HIGH : Confidence.MEDIUM, method.at(act),
                        "containsKey decides about put for the same key");
            } else if (ask.name.equals("get") && put && decides(code, flow, ask, act) && discarded(code, act)) {
                report.add(Confidence.MEDIUM, method.at(act), "get decides about put for the same key");
            }
        }
    }

    /** A map that came as a parameter may not be shared yet; a key that was made here may be this thread's alone. */
    private static boolean shared(Insn act) {
        Insn key = act.in[1].from();
        boolean own = key != null && key.op == Op.NEW;
        return !own && !act.receiver().key().matches("p\\d+") && !idempotent(act);
    }

    /** A map used as a set: whoever puts, puts the same. */
    private static boolean idempotent(Insn act) {
        Value value = act.in[2];
        return value.same(act.in[1]) || value.constant() != null
                || value.from() != null && value.from().op == Op.GETSTATIC;
    }

    /** By arithmetic or boxing, not the got value itself. */
    private static boolean computed(Value value, Insn ask) {
        Insn from = value.from();
        return from != null && (from.arithmetic() || from.invokes() && from.name.equals("valueOf"))
                && value.derives(source -> source == ask)
                || value.parts().stream().anyMatch(part -> computed(part, ask));
    }

    private static boolean onMap(Nest nest, Insn call) {
        if (!call.invokes() || call.op == Op.INVOKESTATIC) {
            return false;
        }
        if (CONCURRENT.contains(call.owner)) {
            return true;
        }
        Insn from = call.receiver().from();
        return call.owner.equals("java/util/Map") && from != null && from.reads()
                && nest.field(from).filter(field -> field.isFinal() && assignedConcurrent(nest, from)).isPresent();
    }

    /** A field declared as Map is concurrent when every assignment in the nest makes a concurrent one. */
    private static boolean assignedConcurrent(Nest nest, Insn read) {
        List<Insn> writes = nest.methods().flatMap(method -> method.code().stream())
                .filter(insn -> insn.writes() && insn.field().equals(read.field())).toList();
        return !writes.isEmpty() && writes.stream().map(Insn::written).allMatch(
                value -> value.from() != null && value.from().op == Op.NEW && CONCURRENT.contains(value.from().owner));
    }

    /** A branch on the answer stands between the two calls, and only one of its ways leads to the second. */
    private static boolean decides(List<Insn> code, Flow flow, Insn ask, Insn act) {
        return code.subList(ask.index, act.index).stream().filter(Insn::conditional).anyMatch(test -> {
            for (Value operand : test.in) {
                if (operand.from() == ask || operand.derives(source -> source == ask)) {
                    return flow.decides(test, act);
                }
            }
            return false;
        });
    }

    private static boolean discarded(List<Insn> code, Insn act) {
        return act.index + 1 < code.size() && code.get(act.index + 1).op == Op.POP;
    }
}
