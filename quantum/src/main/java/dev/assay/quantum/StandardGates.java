package dev.assay.quantum;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The gates that need no definition: those of qelib1.inc (OpenQASM 2) and stdgates.inc (OpenQASM 3). Gates of one and
 * two qubits are kept as they are; larger ones are decomposed by the definitions below.
 */
final class StandardGates {
    /** How many angles and qubits a gate takes. */
    record Shape(int angles, int qubits) {}

    /** Other names of the same gate. */
    static final Map<String, String> ALIASES = Map.of("CX", "cx", "U", "u", "phase", "p", "cphase", "cp", "cnot", "cx",
            "toffoli", "ccx", "fredkin", "cswap", "i", "id");

    static final Map<String, Shape> KEPT = new LinkedHashMap<>();
    /** Two-qubit gates that do the same with their qubits exchanged. */
    static final Set<String> SYMMETRIC = Set.of("cz", "cp", "cu1", "swap", "rzz", "rxx", "ryy", "iswap");
    /** What stdgates.inc has; a writer of OpenQASM 3 defines the others that it uses. */
    static final Set<String> IN_STDGATES = Set.of("p", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "rx", "ry",
            "rz", "cx", "cy", "cz", "cp", "crx", "cry", "crz", "ch", "swap", "cu", "id", "u1", "u2", "u3");

    static {
        for (String name : "id x y z h s sdg t tdg sx sxdg".split(" ")) {
            KEPT.put(name, new Shape(0, 1));
        }
        for (String name : "u1 p rx ry rz u0".split(" ")) {
            KEPT.put(name, new Shape(1, 1));
        }
        KEPT.put("u2", new Shape(2, 1));
        KEPT.put("u3", new Shape(3, 1));
        KEPT.put("u", new Shape(3, 1));
        for (String name : "cx cy cz ch swap csx".split(" ")) {
            KEPT.put(name, new Shape(0, 2));
        }
        for (String name : "crx cry crz cu1 cp rxx rzz".split(" ")) {
            KEPT.put(name, new Shape(1, 2));
        }
        KEPT.put("cu3", new Shape(3, 2));
        KEPT.put("cu", new Shape(4, 2));
    }

    /** Decompositions of gates on three and more qubits; each is an identity that the tests check by matrices. */
    static final String LARGER = """
            gate ccz a,b,c { cx b,c; tdg c; cx a,c; t c; cx b,c; tdg c; cx a,c; t b; t c; cx a,b; t a; tdg b; cx a,b; }
            gate ccx a,b,c { h c; ccz a,b,c; h c; }
            gate cswap a,b,c { cx c,b; ccx a,b,c; cx c,b; }
            gate rccx a,b,c { u2(0,pi) c; u1(pi/4) c; cx b,c; u1(-pi/4) c; cx a,c; u1(pi/4) c; cx b,c; u1(-pi/4) c;
              u2(0,pi) c; }
            gate rc3x a,b,c,d { u2(0,pi) d; u1(pi/4) d; cx c,d; u1(-pi/4) d; u2(0,pi) d; cx a,d; u1(pi/4) d; cx b,d;
              u1(-pi/4) d; cx a,d; u1(pi/4) d; cx b,d; u1(-pi/4) d; u2(0,pi) d; u1(pi/4) d; cx c,d; u1(-pi/4) d;
              u2(0,pi) d; }
            gate ccp(t) a,b,c { cp(t/2) b,c; cx a,b; cp(-t/2) b,c; cx a,b; cp(t/2) a,c; }
            gate c3p(t) a,b,c,d { cp(t/2) c,d; ccx a,b,c; cp(-t/2) c,d; ccx a,b,c; ccp(t/2) a,b,d; }
            gate c3x a,b,c,d { h d; c3p(pi) a,b,c,d; h d; }
            gate c4p(t) a,b,c,d,e { cp(t/2) d,e; c3x a,b,c,d; cp(-t/2) d,e; c3x a,b,c,d; c3p(t/2) a,b,c,e; }
            gate c3sqrtx a,b,c,d { h d; c3p(pi/2) a,b,c,d; h d; }
            gate c3sx a,b,c,d { c3sqrtx a,b,c,d; }
            gate c4x a,b,c,d,e { h e; c4p(pi) a,b,c,d,e; h e; }
            """;

    /**
     * The kept gates in terms of simpler ones, for writers whose language lacks them, for couplings of one direction
     * and for controlled versions. Global phases are right: a controlled version depends on them.
     */
    static final String SIMPLER = """
            gate cy a,b { sdg b; cx a,b; s b; }
            gate cz a,b { h b; cx a,b; h b; }
            gate ch a,b { s b; h b; t b; cx a,b; tdg b; h b; sdg b; }
            gate swap a,b { cx a,b; cx b,a; cx a,b; }
            gate csx a,b { h b; cp(pi/2) a,b; h b; }
            gate crx(t) a,b { h b; crz(t) a,b; h b; }
            gate cry(t) a,b { ry(t/2) b; cx a,b; ry(-t/2) b; cx a,b; }
            gate crz(t) a,b { rz(t/2) b; cx a,b; rz(-t/2) b; cx a,b; }
            gate cu1(t) a,b { cp(t) a,b; }
            gate cp(t) a,b { p(t/2) a; cx a,b; p(-t/2) b; cx a,b; p(t/2) b; }
            gate rxx(t) a,b { h a; h b; rzz(t) a,b; h b; h a; }
            gate rzz(t) a,b { cx a,b; rz(t) b; cx a,b; }
            gate cu3(t,f,l) a,b { p((l+f)/2) a; p((l-f)/2) b; cx a,b; u(-t/2,0,-(f+l)/2) b; cx a,b; u(t/2,f,0) b; }
            gate cu(t,f,l,g) a,b { p(g) a; cu3(t,f,l) a,b; }
            """;

    private StandardGates() {}
}
