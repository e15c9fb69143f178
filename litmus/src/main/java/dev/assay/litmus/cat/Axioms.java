package dev.assay.litmus.cat;

import dev.assay.litmus.cat.Expression.Binary;
import dev.assay.litmus.cat.Expression.Unary;
import java.util.HashSet;
import java.util.Set;

/**
 * Recognises the two checks that nearly all models share, by their form: then candidates that break them need not be made.
 * What is not recognised is only slower.
 */
final class Axioms {
    private final Scope prelude;

    Axioms(Scope prelude) {
        this.prelude = prelude;
    }

    /** Whether acyclicity of this contains acyclicity of {@code po-loc | rf | fr | co}. */
    boolean impliesCoherence(Node node) {
        Set<String> parts = new HashSet<>();
        collect(node, parts);
        return parts.containsAll(Set.of("po-loc", "rf", "fr", "co"));
    }

    /** Whether emptiness of this contains emptiness of {@code rmw & (fre; coe)}, perhaps without what a thread does itself. */
    boolean impliesAtomicity(Node node) {
        Node at = open(node);
        if (at instanceof Combine difference && difference.operator() == Binary.DIFFERENCE) {
            // (rmw & (fre; coe)) \ (fri; [W]; coi): candidates are only cut where the thread itself writes nothing between.
            return ownWrites(difference.right()) && impliesAtomicity(difference.left());
        }
        return at instanceof Combine both && both.operator() == Binary.INTERSECTION
                && (isNamed(both.left(), "rmw") && interveningWrite(both.right())
                        || isNamed(both.right(), "rmw") && interveningWrite(both.left()));
    }

    private boolean ownWrites(Node node) {
        return open(node) instanceof Combine c && c.operator() == Binary.SEQUENCE && isNamed(c.right(), "coi")
                && (isNamed(c.left(), "fri") || open(c.left()) instanceof Combine inner
                        && inner.operator() == Binary.SEQUENCE && isNamed(inner.left(), "fri"));
    }

    private boolean interveningWrite(Node node) {
        return open(node) instanceof Combine c && c.operator() == Binary.SEQUENCE
                && (isNamed(c.left(), "fre") || isNamed(c.left(), "fr"))
                && (isNamed(c.right(), "coe") || isNamed(c.right(), "co"));
    }

    private void collect(Node node, Set<String> parts) {
        for (String name : new String[]{"po-loc", "rf", "fr", "co"}) {
            if (isNamed(node, name)) {
                parts.add(name);
                return;
            }
        }
        if (open(node) instanceof Combine c && c.operator() == Binary.UNION) {
            collect(c.left(), parts);
            collect(c.right(), parts);
        } else if (isFromReads(node)) {
            parts.add("fr");
        } else if (open(node) instanceof Combine c && c.operator() == Binary.INTERSECTION
                && (isNamed(c.left(), "po") && isNamed(c.right(), "loc")
                        || isNamed(c.left(), "loc") && isNamed(c.right(), "po"))) {
            parts.add("po-loc");
        }
    }

    /** rf^-1; co, perhaps without the identity, which it does not contain. */
    private boolean isFromReads(Node node) {
        Node at = open(node);
        if (at instanceof Combine c && c.operator() == Binary.DIFFERENCE && isNamed(c.right(), "id")) {
            at = open(c.left());
        }
        return at instanceof Combine c && c.operator() == Binary.SEQUENCE && isNamed(c.right(), "co")
                && open(c.left()) instanceof Node.Apply a && a.operator() == Unary.INVERSE
                && isNamed(a.operand(), "rf");
    }

    /** Whether a node is the candidate's or the prelude's value of a name. */
    private boolean isNamed(Node node, String name) {
        Node at = open(node);
        return at instanceof Node.BaseName base && base.name().equals(name)
                || prelude.lookup(name).map(Axioms::open).filter(defined -> defined == at).isPresent();
    }

    /** The node that a kept or named one stands for. */
    private static Node open(Node node) {
        Node at = node;
        while (true) {
            if (at instanceof Node.Kept kept) {
                at = kept.inner();
            } else if (at instanceof Node.Global global) {
                at = global.definition();
            } else {
                return at;
            }
        }
    }
}
