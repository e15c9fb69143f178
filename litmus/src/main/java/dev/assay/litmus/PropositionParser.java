package dev.assay.litmus;

import java.util.ArrayList;
import java.util.List;

/** Reads statements about final states and lists of observables. */
final class PropositionParser {
    private static final int MAXIMUM_DEPTH = 200;

    private final TextScanner in;
    private final RegisterNames registers;
    private final int threads;
    private int depth;

    PropositionParser(TextScanner in, RegisterNames registers, int threads) {
        this.in = in;
        this.registers = registers;
        this.threads = threads;
    }

    /** {@code [0:X1; x; y[2]; ]} */
    List<Observable> locations() {
        List<Observable> observables = new ArrayList<>();
        in.expect("[");
        while (!in.take("]")) {
            observables.add(observable());
            if (!in.take(";")) {
                in.expect("]");
                break;
            }
        }
        in.take(";");
        return observables;
    }

    Proposition proposition() {
        Proposition left = disjunction();
        if (in.take("=>")) {
            return new Proposition.Or(List.of(new Proposition.Not(left), proposition()));
        }
        return left;
    }

    private Proposition disjunction() {
        List<Proposition> operands = new ArrayList<>(List.of(conjunction()));
        while (in.take("\\/")) {
            operands.add(conjunction());
        }
        return operands.size() == 1 ? operands.getFirst() : new Proposition.Or(operands);
    }

    private Proposition conjunction() {
        List<Proposition> operands = new ArrayList<>(List.of(atom()));
        while (in.take("/\\")) {
            operands.add(atom());
        }
        return operands.size() == 1 ? operands.getFirst() : new Proposition.And(operands);
    }

    private Proposition atom() {
        if (++depth > MAXIMUM_DEPTH) {
            throw in.error("a condition is nested at most " + MAXIMUM_DEPTH + " deep, and this one is deeper");
        }
        try {
            if (in.take("(")) {
                Proposition inner = proposition();
                in.expect(")");
                return inner;
            }
            if (in.take("not") || in.take("~")) {
                return new Proposition.Not(atom());
            }
            if (in.take("true")) {
                return new Proposition.Constant(true);
            }
            if (in.take("false")) {
                return new Proposition.Constant(false);
            }
            return comparison();
        } finally {
            depth--;
        }
    }

    private Proposition comparison() {
        Observable left = observable();
        boolean negated = in.take("!=") || in.take("<>");
        if (!negated && !in.take("==")) {
            in.expect("=");
        }
        Proposition equal;
        if (in.peek() == '{' && left instanceof Observable.Memory array && !array.indexed()) {
            equal = new Proposition.EqualElements(array, elements());
            return negated ? new Proposition.Not(equal) : equal;
        }
        if (in.nextIsNumber() && !threadFollows()) {
            equal = new Proposition.Equal(left, new Value.Number(in.number("a value")));
        } else if (in.nextIsNumber() || in.peek() == '[' || in.peek() == '*') {
            equal = new Proposition.Same(left, observable());
        } else {
            boolean ampersand = in.take("&");
            int start = in.position();
            String symbol = in.word("a value");
            if (!ampersand && symbol.matches("P[0-9]+") || in.peek() == ':') {
                throw in.errorAt(start, "values that are code addresses are not supported");
            }
            long offset = in.take("+") ? in.number("an offset") : 0;
            equal = new Proposition.Equal(left, new Value.Address(symbol, offset));
        }
        return negated ? new Proposition.Not(equal) : equal;
    }

    private List<Value> elements() {
        List<Value> values = new ArrayList<>();
        in.expect("{");
        while (!in.take("}")) {
            values.add(in.nextIsNumber()
                    ? new Value.Number(in.number("a value"))
                    : new Value.Address(in.word("a value"), 0));
            if (!in.take(",") && in.peek() != '}') {
                throw in.error("',' or '}' is needed here, but " + in.found() + " was found");
            }
        }
        return values;
    }

    private boolean threadFollows() {
        int start = in.position();
        in.number("a number");
        boolean colon = in.peek() == ':';
        in.reset(start);
        return colon;
    }

    private Observable observable() {
        if (in.nextIsNumber()) {
            int start = in.position();
            long thread = in.number("a thread");
            in.expect(":");
            in.take("%");
            String word = in.word("a register");
            if (thread < 0 || thread >= threads) {
                throw in.errorAt(start,
                        "the test has threads 0 to " + (threads - 1) + ", but thread " + thread + " is named");
            }
            String name = registers.canonical(word)
                    .orElseThrow(() -> in.errorAt(start, "'" + word + "' is not a register"));
            return new Observable.Register((int) thread, name);
        }
        boolean bracket = in.take("[");
        if (!bracket) {
            in.take("*");
        }
        String symbol = in.word("a register or a variable");
        if (symbol.equals("fault") && in.peek() == '(') {
            throw in.error("conditions about faults are not supported");
        }
        Observable memory = element(symbol);
        if (bracket) {
            in.expect("]");
            if (in.peek() == '[') {
                memory = element(symbol);
            }
        }
        return memory;
    }

    private Observable element(String symbol) {
        if (!in.take("[")) {
            return new Observable.Memory(symbol, 0, false);
        }
        int start = in.position();
        long index = in.number("an index");
        if (index < 0 || index > InitialStateParser.MAXIMUM_ELEMENTS) {
            throw in.errorAt(start, "an index is 0 to " + InitialStateParser.MAXIMUM_ELEMENTS + ", but is " + index);
        }
        in.expect("]");
        return new Observable.Memory(symbol, (int) index, true);
    }
}
