package dev.assay.scan;

import java.util.List;

/** The rules that are off by default: what one would not want to carry over. */
final class DebtRules {
    static final Rule SECRET = new Rule("debt.secret", Severity.WARNING, Confidence.MEDIUM,
            "A text holds what looks like a secret",
            "A private key, an access key with a known form, or an assignment of a long random value to a name such as password"
                    + " or token. Placeholders and references to variables are passed over.",
            "Files are copied and shared during a move; a secret in them travels along.",
            "db.password=8f3kZq0Lw1Xv9TnB2c", "db.password=${DB_PASSWORD}",
            "Move it into a secret store and replace it: it must count as known.");
    static final Rule DESERIALISATION = new Rule("debt.unsafe-deserialisation", Severity.WARNING, Confidence.LOW,
            "Objects are deserialised without a filter",
            "A class makes an ObjectInputStream and calls readObject, and neither it nor its nest sets an ObjectInputFilter.",
            "Whoever controls the bytes chooses which classes are built (JEP 290, 415). It matters on every architecture; moves"
                    + " open new network paths.",
            "new ObjectInputStream(in).readObject()",
            "stream.setObjectInputFilter(ObjectInputFilter.Config.createFilter(…))",
            "Set a filter, or use a data format instead of serialisation.");
    static final List<Rule> ALL = List.of(SECRET, DESERIALISATION);

    private DebtRules() {}
}
