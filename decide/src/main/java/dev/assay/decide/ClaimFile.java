package dev.assay.decide;

import dev.assay.lab.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads claims from YAML of the form that {@code docs/schemas/claims.json} describes. All that is wrong in a file is
 * collected, each with its line, before it is refused.
 */
public final class ClaimFile {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final String name;
    private final List<String> lines;
    private final List<String> wrong = new ArrayList<>();

    private ClaimFile(String name, String text) {
        this.name = name;
        this.lines = text.lines().toList();
    }

    /** The claims that come with Assay. */
    public static List<Claim> book() {
        try (InputStream in = ClaimFile.class.getResourceAsStream("claims/catalogue.yaml")) {
            return parse("claims/catalogue.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the claim book is part of Assay and cannot be read; build again", e);
        }
    }

    /** @throws DecideException when it cannot be read or something in it is wrong */
    public static List<Claim> read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new DecideException(
                    "the claims " + file + " cannot be read: " + FileTrouble.of(e) + "; name a YAML file", e);
        }
    }

    static List<Claim> parse(String name, String text) {
        return new ClaimFile(name, text).claims(text);
    }

    private List<Claim> claims(String text) {
        Object tree;
        try {
            tree = YAML.readValue(text, Object.class);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new DecideException(name + ":" + line + ": this is not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse("") + "; mind the indentation");
        }
        if (!(tree instanceof List<?> list)) {
            throw new DecideException(name + ":1: a claim file is a list; begin every claim with '- id: …'");
        }
        List<Integer> starts = starts();
        List<Claim> claims = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            int from = i < starts.size() ? starts.get(i) : 1;
            int to = i + 1 < starts.size() ? starts.get(i + 1) : lines.size() + 1;
            int before = wrong.size();
            ClaimFields fields = new ClaimFields(name, lines, from, to, wrong);
            Claim claim = new ClaimReader(fields).claim(list.get(i));
            if (wrong.size() == before && !ids.add(claim.id())) {
                wrong.add(name + ":" + from + ": the id '" + claim.id() + "' is there twice; ids are unique");
            }
            claims.add(claim);
        }
        if (!wrong.isEmpty()) {
            throw new DecideException(String.join(System.lineSeparator(), wrong));
        }
        return claims;
    }

    /** Lines on which the items of the outer list begin. */
    private List<Integer> starts() {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("- ") || lines.get(i).equals("-")) {
                starts.add(i + 1);
            }
        }
        return starts;
    }
}
