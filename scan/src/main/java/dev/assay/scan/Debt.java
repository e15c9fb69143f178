package dev.assay.scan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for secrets in texts: known forms, and long random values assigned to telling names. */
final class Debt implements ArtifactReader.TextVisitor {
    private static final Pattern NAMES = Pattern
            .compile(
                    "(?i).*\\.(properties|ya?ml|env|sh|conf|cfg|ini|xml|json|pem|key|toml|tf|gradle)|.*dockerfile.*|.*/?\\.env");
    private static final Pattern KNOWN = Pattern.compile("-----BEGIN (RSA |EC |OPENSSH |DSA |)PRIVATE KEY-----|"
            + "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{36}\\b|\\bxox[baprs]-[A-Za-z0-9-]{20,}\\b|\\bAIza[0-9A-Za-z_-]{35}\\b");
    private static final Pattern ASSIGNED = Pattern
            .compile("(?i)(password|passwd|secret|token|api[_-]?key|access[_-]?key)[\"']?\\s*"
                    + "[:=]\\s*[\"']?([A-Za-z0-9+/_=!@%^&*.-]{12,120})");
    private static final Pattern HARMLESS = Pattern
            .compile(
                    "(?i).*(example|changeme|placeholder|your|dummy|sample|test|xxxx|\\*\\*\\*|true|false|null|none|\\.\\.\\.).*|"
                            + "[a-z]+([._-][a-z]+)*|[A-Z_]+|[a-z]+([A-Z][a-z]+)+|[\\d.]+");
    /** Bits per character. English words have about 3; random base64 of 20 characters about 4. */
    private static final double RANDOM = 3.4;

    @Override
    public boolean wants(String name) {
        return NAMES.matcher(name).matches();
    }

    @Override
    public void visit(ArtifactFacts owner, String entry, String text) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.length() > 10_000) {
                continue;
            }
            Matcher known = KNOWN.matcher(line);
            if (known.find()) {
                owner.findings.add(DebtRules.SECRET.finding(Confidence.HIGH, owner.path, entry + ":" + number,
                        "a key of known form, beginning with " + known.group().substring(0, 4)));
                continue;
            }
            Matcher assigned = ASSIGNED.matcher(line);
            if (assigned.find() && !HARMLESS.matcher(assigned.group(2)).matches()
                    && entropyBits(assigned.group(2)) > RANDOM) {
                owner.finding(DebtRules.SECRET, entry + ":" + number,
                        "a random value of " + assigned.group(2).length() + " characters is assigned to "
                                + assigned.group(1));
            }
        }
    }

    /** Shannon's entropy of the characters, in bits per character. */
    static double entropyBits(String text) {
        double bits = 0;
        for (int c : text.chars().distinct().toArray()) {
            double share = (double) text.chars().filter(other -> other == c).count() / text.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
