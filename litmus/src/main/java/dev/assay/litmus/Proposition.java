package dev.assay.litmus;

import java.util.List;
import java.util.function.Consumer;

/** A statement about a final state. */
public sealed interface Proposition {
    /** Always or never true. */
    record Constant(boolean holds) implements Proposition {}

    /** An observable has a value. */
    record Equal(Observable observable, Value value) implements Proposition {}

    /** An array has these values. */
    record EqualElements(Observable.Memory array, List<Value> values) implements Proposition {
        public EqualElements {
            values = List.copyOf(values);
        }
    }

    /** Two observables have the same value. */
    record Same(Observable left, Observable right) implements Proposition {}

    /** The operand does not hold. */
    record Not(Proposition operand) implements Proposition {}

    /** All hold. */
    record And(List<Proposition> operands) implements Proposition {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** At least one holds. */
    record Or(List<Proposition> operands) implements Proposition {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** Calls {@code visitor} for every observable that is mentioned, in order, repeats included. */
    default void observables(Consumer<Observable> visitor) {
        switch (this) {
            case Constant _ -> {
            }
            case Equal equal -> visitor.accept(equal.observable);
            case EqualElements equal -> visitor.accept(equal.array);
            case Same same -> {
                visitor.accept(same.left);
                visitor.accept(same.right);
            }
            case Not not -> not.operand.observables(visitor);
            case And and -> and.operands.forEach(p -> p.observables(visitor));
            case Or or -> or.operands.forEach(p -> p.observables(visitor));
        }
    }
}
