package dev.assay.quantum;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A mapped circuit as text that says in comments where its logical qubits begin and end. */
public final class MappedText {
    private static final String INITIAL = "// initial_layout:";
    private static final Pattern INITIAL_LINE = Pattern.compile("(?m)^// initial_layout:([ 0-9]*)$");

    private MappedText() {}

    /** OpenQASM 2 when the circuit can be said in it, else OpenQASM 3. */
    public static String of(Mapping mapping) {
        String text;
        try {
            text = Qasm.write2(mapping.circuit());
        } catch (MappingException e) {
            text = Qasm.write3(mapping.circuit());
        }
        int afterVersion = text.indexOf('\n') + 1;
        return text.substring(0, afterVersion) + INITIAL + list(mapping.initialLayout()) + "\n// final_layout:"
                + list(mapping.finalLayout()) + "\n" + text.substring(afterVersion);
    }

    private static String list(int[] layout) {
        return Arrays.stream(layout).mapToObj(p -> " " + p).collect(Collectors.joining());
    }

    /** The initial layout that such a text states, if it does. */
    public static Optional<int[]> initialLayout(String text) {
        Matcher matcher = INITIAL_LINE.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String places = matcher.group(1).strip();
        try {
            return Optional.of(places.isEmpty()
                    ? new int[0]
                    : Arrays.stream(places.split("\\s+")).mapToInt(Integer::parseInt).toArray());
        } catch (NumberFormatException e) {
            throw new MappingException("the comment 'initial_layout' holds a number that is too large: " + places);
        }
    }
}
