package dev.assay.litmus;

import java.util.List;

/** The log format of the herdtools, which their comparing tools read. */
final class HerdFormat {
    private HerdFormat() {}

    static String of(Decision decision) {
        LitmusTest test = decision.test();
        StringBuilder text = new StringBuilder();
        text.append("Test ").append(test.name()).append(' ').append(decision.kind()).append('\n');
        text.append("States ").append(decision.states().size()).append('\n');
        for (FinalState state : decision.states().keySet()) {
            text.append(state.text(decision.observables())).append(";\n");
        }
        if (decision.truncated()) {
            text.append("Loop ");
        }
        text.append(decision.ok() ? "Ok\n" : "No\n");
        // Witnesses are of the condition as it is written, ~ included; the observation counts its proposition.
        boolean negated = test.condition().quantifier() == Condition.Quantifier.NOT_EXISTS;
        text.append("Witnesses\nPositive: ").append(negated ? decision.negative() : decision.positive())
                .append(" Negative: ").append(negated ? decision.positive() : decision.negative()).append('\n');
        for (String flag : decision.flags()) {
            text.append("Flag ").append(flag).append('\n');
        }
        text.append("Condition ").append(test.condition().quantifier().word()).append(" (")
                .append(proposition(test.condition().proposition())).append(")\n");
        text.append("Observation ").append(test.name()).append(' ').append(decision.observation()).append(' ')
                .append(decision.positive()).append(' ').append(decision.negative()).append("\n\n");
        return text.toString();
    }

    static String proposition(Proposition proposition) {
        return switch (proposition) {
            case Proposition.Constant constant -> constant.holds() ? "true" : "false";
            case Proposition.Equal equal -> equal.observable() + "=" + equal.value();
            case Proposition.EqualElements equal -> equal.array().symbol() + "={"
                    + String.join(",", equal.values().stream().map(Value::toString).toList()) + "}";
            case Proposition.Same same -> same.left() + "=" + same.right();
            case Proposition.Not not -> "not (" + proposition(not.operand()) + ")";
            case Proposition.And and -> joined(and.operands(), " /\\ ");
            case Proposition.Or or -> joined(or.operands(), " \\/ ");
        };
    }

    private static String joined(List<Proposition> operands, String sign) {
        StringBuilder text = new StringBuilder();
        for (Proposition operand : operands) {
            boolean nested = operand instanceof Proposition.And || operand instanceof Proposition.Or;
            text.append(text.isEmpty() ? "" : sign).append(nested ? "(" : "").append(proposition(operand))
                    .append(nested ? ")" : "");
        }
        return text.toString();
    }
}
