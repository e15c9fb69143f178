package dev.assay.quantum;

import java.util.HashMap;
import java.util.Map;

/** The definitions that every reader knows, read from the texts in {@link StandardGates}. */
final class KnownGates {
    static final Map<String, GateDefinition> KEPT = kept();
    static final Map<String, GateDefinition> SIMPLER = definitions("simpler gates", StandardGates.SIMPLER);
    static final Map<String, GateDefinition> LARGER = definitions("larger gates", StandardGates.LARGER);

    private KnownGates() {}

    private static Map<String, GateDefinition> kept() {
        Map<String, GateDefinition> kept = new HashMap<>();
        StandardGates.KEPT.forEach(
                (name, shape) -> kept.put(name, new GateDefinition(name, shape.angles(), shape.qubits(), null)));
        kept.put("gphase", new GateDefinition("gphase", 1, 0, null));
        return kept;
    }

    private static Map<String, GateDefinition> definitions(String name, String text) {
        Definitions reader = new Definitions(new Lexer(name, text));
        reader.gates.putAll(KEPT);
        Map<String, GateDefinition> before = new HashMap<>(reader.gates);
        reader.statements();
        reader.gates.keySet().removeIf(g -> before.get(g) == reader.gates.get(g));
        return Map.copyOf(reader.gates);
    }

    /** Reads gate definitions alone. */
    private static final class Definitions extends QasmReader {
        Definitions(Lexer lexer) {
            super(lexer);
        }

        @Override
        void statement() {
            lexer.expect("gate");
            define();
        }

        @Override
        boolean isCopy(GateDefinition defined, GateDefinition standard) {
            return false;
        }

        @Override
        String unknownGateRemedy(String name) {
            return "define it before";
        }
    }
}
