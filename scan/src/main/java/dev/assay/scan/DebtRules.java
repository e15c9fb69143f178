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
    static final Rule ENDED = new Rule("debt.end-of-life", Severity.WARNING, Confidence.HIGH,
            "A dependency is no longer maintained",
            "The artifact's coordinates belong to a release line whose project has announced its end; the finding names the"
                    + " announcement. The table is small: what is not in it may have ended too.",
            "Nobody ports it: what does not run on the target will never be mended, nor will its security holes.",
            "log4j:log4j:1.2.17", "org.apache.logging.log4j:log4j-core:2.x",
            "Move to the line that the announcement names, before or with the machine.");
    static final Rule OUTDATED = new Rule("debt.outdated", Severity.NOTE, Confidence.HIGH,
            "A dependency has newer releases",
            "The Maven metadata of the repository given by --repository lists a later release of the same artifact. Without the"
                    + " option nothing is asked.",
            "Support for new architectures and JDKs is added in newer releases; natives.broken names the first that is ready.",
            "com.acme:foo:1.2 where 1.9 is published", "com.acme:foo:1.9",
            "Raise the version where its notes speak of the target, the JDK or a flaw that matters.");
    static final List<Rule> ALL = List.of(SECRET, DESERIALISATION, ENDED, OUTDATED);

    private DebtRules() {}
}
