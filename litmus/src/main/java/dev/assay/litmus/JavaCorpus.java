package dev.assay.litmus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The Java tests that come with Assay: the classic questions in each access mode. */
public final class JavaCorpus {
    private static final List<String> NAMES = List.of("SB", "SB+opaques", "SB+release-acquires", "SB+volatiles",
            "SB+fences", "MP", "MP+opaques", "MP+release-acquire", "MP+volatiles", "MP+fences", "MP+cas", "LB",
            "LB+opaques", "LB+acquires", "CoRR", "CoRR+opaques", "CoWR", "IRIW+release-acquires", "IRIW+volatiles",
            "WRC+release-acquires", "2+2W+opaques", "2+2W+volatiles", "S+release-acquire", "R+volatiles", "Dekker",
            "Counter+plain",
            "Counter+getAndAdd", "Counter+cas", "Lock+cas", "Publication", "Publication+release", "Handover");

    private JavaCorpus() {}

    /** The names, in the order of a textbook. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The text of a test; names are found whatever their case.
     *
     * @throws LitmusException when there is none of this name
     */
    public static String text(String name) {
        return NAMES.stream().filter(n -> n.equalsIgnoreCase(name)).findFirst().map(JavaCorpus::resource)
                .orElseGet(() -> made(name));
    }

    private static String made(String name) {
        try {
            return ClassicTests.text(Architecture.JAVA, name);
        } catch (LitmusException _) {
            throw new LitmusException(
                    "'" + name + "' is neither a file nor a Java test that comes with Assay; these do: "
                            + String.join(", ", NAMES) + "; and what assay litmus generate --arch Java --size 4 lists");
        }
    }

    private static String resource(String name) {
        String file = "java/" + name + ".litmus";
        try (InputStream in = JavaCorpus.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is part of Assay and cannot be read; build again", e);
        }
    }
}
