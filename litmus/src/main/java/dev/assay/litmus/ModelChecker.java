package dev.assay.litmus;

import dev.assay.litmus.cat.CatException;
import dev.assay.litmus.cat.CatJudge;
import dev.assay.litmus.cat.CatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Decides tests by memory models, several at a time. */
public final class ModelChecker {
    private final Optional<CatModel> model;
    private final Settings settings;
    /** Each worker has its own judges: they keep what candidates share. */
    private final ThreadLocal<Map<Architecture, CatJudge>> judges = ThreadLocal
            .withInitial(() -> new EnumMap<>(Architecture.class));

    /**
     * How to decide.
     *
     * @param model a .cat file or one of ours by name; empty for each architecture's own
     * @param unroll how often a backward jump is taken at most
     * @param graphs whether executions that explain the answers are drawn
     */
    public record Settings(Optional<String> model, int unroll, boolean graphs) {
        public Settings {
            if (unroll < 0 || unroll > 100) {
                throw new LitmusException("a loop is unrolled 0 to 100 times, but " + unroll + " was asked for");
            }
        }
    }

    /** A test's file and its answer, or the reason why there is none. */
    public record Result(String file, Optional<Answer> answer, Optional<String> refusal) {}

    /** A checker with a user's model or ours. */
    public ModelChecker(Settings settings) {
        this.settings = settings;
        this.model = settings.model().map(Models::named);
    }

    /**
     * The test files that paths name: files themselves, and all {@code .litmus} files in folders and below, in order.
     *
     * @throws LitmusException when a path does not exist or names no test
     */
    public static List<Path> tests(List<Path> paths) {
        List<Path> tests = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> below = Files.walk(path)) {
                    below.filter(p -> p.toString().endsWith(".litmus") && Files.isRegularFile(p)).sorted()
                            .forEach(tests::add);
                } catch (IOException e) {
                    throw new LitmusException(path + " cannot be read: " + e.getMessage());
                }
            } else if (Files.isRegularFile(path)) {
                tests.add(path);
            } else {
                throw new LitmusException(
                        path + " is neither a file nor a folder; name .litmus files or folders that hold them");
            }
        }
        if (tests.isEmpty()) {
            throw new LitmusException("there is no .litmus file in " + paths);
        }
        return tests;
    }

    /** Decides one test. */
    public Answer decide(LitmusTest test) {
        try {
            CatJudge judge = judges.get().computeIfAbsent(test.architecture(), this::judge);
            Decision decision = new Decider(test, judge, settings.unroll()).decide();
            String name = modelName(test.architecture());
            return new Answer(decision, name,
                    settings.graphs() ? Graphs.explain(decision, judge, name) : Optional.empty());
        } catch (CatException e) {
            throw new LitmusException(e.getMessage());
        }
    }

    private CatModel model(Architecture architecture) {
        return model.orElseGet(() -> Models.of(architecture));
    }

    private String modelName(Architecture architecture) {
        String name = Path.of(model(architecture).name()).getFileName().toString();
        return name.endsWith(".cat") ? name.substring(0, name.length() - 4) : name;
    }

    private CatJudge judge(Architecture architecture) {
        return model(architecture).judge(BaseNames.all(), Set.of(), Models.prelude());
    }

    /**
     * Decides many tests, at most {@code workers} at a time, and hands the results on in the order of the files.
     *
     * @param workers how many tests are decided at a time
     */
    public void decideAll(List<Path> files, int workers, Consumer<Result> results) {
        int window = workers * 64;
        Deque<Future<Result>> pending = new ArrayDeque<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            for (Path file : files) {
                pending.add(pool.submit((Callable<Result>) () -> result(file)));
                if (pending.size() > window) {
                    results.accept(join(pending.remove()));
                }
            }
            while (!pending.isEmpty()) {
                results.accept(join(pending.remove()));
            }
        }
    }

    private Result result(Path file) {
        try {
            return new Result(file.toString(), Optional.of(decide(LitmusParser.parse(file))), Optional.empty());
        } catch (LitmusException e) {
            return new Result(file.toString(), Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    private static Result join(Future<Result> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LitmusException("interrupted before all tests were decided");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
