package dev.assay.litmus.cat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A memory model as it was read, with its includes. It is immutable; judges are made of it, one per thread. */
public final class CatModel {
    private static final int MAXIMUM_INCLUDES = 100;
    private static final int MAXIMUM_CHARACTERS = 1 << 20;

    private final String name;
    private final List<Statement> statements;

    private CatModel(String name, List<Statement> statements) {
        this.name = name;
        this.statements = List.copyOf(statements);
    }

    /**
     * Reads a model.
     *
     * @param name what to call it in messages
     * @param text the model
     * @param includes finds the text of an included file by the name that the model writes
     * @throws CatException when the text is not understood or an include is not found
     */
    public static CatModel parse(String name, String text, Function<String, Optional<String>> includes) {
        List<Statement> statements = new ArrayList<>();
        load(name, text, includes, statements, new int[1], List.of());
        return new CatModel(name, statements);
    }

    private static void load(String name, String text, Function<String, Optional<String>> includes, List<Statement> to,
            int[] count, List<String> open) {
        if (text.length() > MAXIMUM_CHARACTERS) {
            throw new CatException(name + ": a model has at most " + MAXIMUM_CHARACTERS + " characters, but this has "
                    + text.length());
        }
        expand(new CatParser(name, text).statements(), includes, to, count, open);
    }

    private static void expand(List<Statement> statements, Function<String, Optional<String>> includes,
            List<Statement> to,
            int[] count, List<String> open) {
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Include include -> {
                    if (++count[0] > MAXIMUM_INCLUDES || open.contains(include.file())) {
                        throw CatException.at(include.place(),
                                "\"" + include.file() + "\" includes itself, or there are more than "
                                        + MAXIMUM_INCLUDES + " includes");
                    }
                    String text = includes.apply(include.file()).orElseThrow(() -> CatException.at(include.place(),
                            "the included file \"" + include.file()
                                    + "\" was not found beside the model nor among ours"));
                    List<String> nested = new ArrayList<>(open);
                    nested.add(include.file());
                    load(include.file(), text, includes, to, count, nested);
                }
                case Statement.If choice -> {
                    List<Statement> then = new ArrayList<>();
                    List<Statement> otherwise = new ArrayList<>();
                    tolerant(choice.then(), includes, then, count, open);
                    tolerant(choice.otherwise(), includes, otherwise, count, open);
                    to.add(new Statement.If(choice.place(), choice.condition(), then, otherwise));
                }
                default -> to.add(statement);
            }
        }
    }

    /** In a branch that may not be taken a missing file is an error only when it is reached. */
    private static void tolerant(List<Statement> statements, Function<String, Optional<String>> includes,
            List<Statement> to, int[] count, List<String> open) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Include include && includes.apply(include.file()).isEmpty()) {
                to.add(include);
            } else {
                expand(List.of(statement), includes, to, count, open);
            }
        }
    }

    /** The name that it was read under. */
    public String name() {
        return name;
    }

    List<Statement> statements() {
        return statements;
    }

    /**
     * A judge for candidates that know the given names.
     *
     * @param bases the names that {@link Candidate#base} answers
     * @param variants the words for which {@code if "word"} holds
     * @param prelude definitions that come before the model's own
     * @throws CatException when the model uses a name that nothing defines
     */
    public CatJudge judge(Set<String> bases, Set<String> variants, CatModel prelude) {
        return new CatJudge(this, prelude, bases, variants);
    }
}
