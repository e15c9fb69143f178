package dev.assay.litmus.cat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that an expression sees while it is compiled. */
final class Scope {
    /** A procedure and the scope that its body sees. */
    record ProcedureDefinition(Statement.Procedure procedure, Scope scope) {}

    private final Scope parent;
    /** Local variables by name, when this is the scope of a frame. */
    private final List<String> locals;
    private final Map<String, Node> globals = new HashMap<>();
    private final Map<String, ProcedureDefinition> procedures = new HashMap<>();

    private Scope(Scope parent, List<String> locals) {
        this.parent = parent;
        this.locals = locals;
    }

    static Scope root() {
        return new Scope(null, null);
    }

    /** A scope for statements inside this one. */
    Scope inner() {
        return new Scope(this, null);
    }

    /** A scope with a frame of its own. */
    Scope frame(List<String> names) {
        return new Scope(this, names);
    }

    boolean isGlobal() {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            if (scope.locals != null) {
                return false;
            }
        }
        return true;
    }

    void define(String name, Node node) {
        globals.put(name, node);
    }

    void define(Statement.Procedure procedure) {
        procedures.put(procedure.name(), new ProcedureDefinition(procedure, this));
    }

    Optional<ProcedureDefinition> procedure(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            ProcedureDefinition found = scope.procedures.get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    Optional<Node> lookup(String name) {
        int up = 0;
        for (Scope scope = this; scope != null; scope = scope.parent) {
            if (scope.locals != null) {
                int index = scope.locals.lastIndexOf(name);
                if (index >= 0) {
                    return Optional.of(new Node.LocalVariable(up, index));
                }
                up++;
            }
            Node node = scope.globals.get(name);
            if (node != null) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }
}
