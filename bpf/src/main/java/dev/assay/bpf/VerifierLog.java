package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel's verifier wrote, and what of it matters: the complaint, the instruction it was made about, and the
 * few before it.
 */
record VerifierLog(String text) {
    private static final Pattern INSTRUCTION = Pattern.compile("^(\\d+): \\([0-9a-f]{2}\\)");
    private static final int CONTEXT = 4;

    /** The number of the last instruction that was looked at. */
    OptionalInt instruction() {
        OptionalInt last = OptionalInt.empty();
        for (String line : text.lines().toList()) {
            Matcher matcher = INSTRUCTION.matcher(line);
            if (matcher.find()) {
                last = OptionalInt.of(Integer.parseInt(matcher.group(1)));
            }
        }
        return last;
    }

    /** The sentence of the refusal, without the statistics and the register dumps. */
    String complaint() {
        List<String> said = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (INSTRUCTION.matcher(line).find()) {
                said.clear();
            } else if (!line.isBlank() && !line.startsWith("processed ") && !line.startsWith("verification time")
                    && !line.startsWith("stack depth") && !line.startsWith(";") && !line.matches("^(\\d+: )?R\\d+.*=.*")
                    && !line.startsWith("from ") && !line.startsWith("func#")) {
                said.add(line.strip());
            }
        }
        return said.isEmpty() ? text.strip().lines().reduce((_, b) -> b).orElse("") : String.join("; ", said);
    }

    /** The last instructions before the complaint, at most four. */
    List<String> context() {
        List<String> lines = text.lines().filter(l -> INSTRUCTION.matcher(l).find()).toList();
        return lines.subList(Math.max(0, lines.size() - CONTEXT), lines.size());
    }
}
