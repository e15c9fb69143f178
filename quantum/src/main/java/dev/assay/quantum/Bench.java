package dev.assay.quantum;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Maps many circuits onto many devices, as many at a time as there are threads, each on one thread. The time is shared
 * out by the size of the cases beforehand, so a case's result depends on the seed and its share, not on its neighbours.
 */
public final class Bench {
    /** What is to be mapped. */
    public record Case(String circuit, String device) {}

    /**
     * What came of a case.
     *
     * @param share of the time, in milliseconds of one core
     * @param problem why there is no mapping, or null
     */
    public record Result(String circuit, String device, long seed, long share, int swaps, int depth, long millis,
            boolean verified, boolean minimal, String problem) {}

    private final Map<String, Circuit> circuits;
    private final Map<String, Device> devices;
    private final long seed;
    private final Duration total;
    private final int threads;

    /**
     * @param circuits by name
     * @param devices by name
     * @param total wall-clock time for all cases together
     */
    public Bench(Map<String, Circuit> circuits, Map<String, Device> devices, long seed, Duration total, int threads) {
        this.circuits = Map.copyOf(circuits);
        this.devices = Map.copyOf(devices);
        this.seed = seed;
        this.total = total;
        this.threads = threads;
    }

    /** All cases with their shares of the time, largest first. */
    public Map<Case, Duration> shares() {
        Map<Case, Double> weights = new java.util.HashMap<>();
        circuits.forEach((name, circuit) -> devices.forEach((on, device) -> {
            // Swaps per gate grow slowly with the distances on the device.
            double reach = Math.log(2 + device.topology().diameter) / Math.log(2);
            weights.put(new Case(name, on), (20 + circuit.twoQubitGates()) * reach);
        }));
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        double millis = total.toMillis() * (double) threads;
        Map<Case, Duration> shares = new java.util.LinkedHashMap<>();
        weights.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<Case, Double> e) -> -e.getValue())
                        .thenComparing(e -> e.getKey().circuit()).thenComparing(e -> e.getKey().device()))
                .forEach(e -> shares.put(e.getKey(),
                        Duration.ofMillis(Math.max(1, (long) (millis * e.getValue() / sum)))));
        return shares;
    }

    /**
     * Runs what is not among the earlier results.
     *
     * @param earlier results of an interrupted run, reused where seed and share are the same
     * @param done told every new result, from any thread, one at a time
     */
    public List<Result> run(List<Result> earlier, Consumer<Result> done) {
        List<Result> results = new ArrayList<>();
        List<Callable<Result>> open = new ArrayList<>();
        shares().forEach((task, share) -> earlier.stream()
                .filter(r -> r.circuit().equals(task.circuit()) && r.device().equals(task.device()) && r.seed() == seed
                        && r.share() == share.toMillis())
                .findFirst().ifPresentOrElse(results::add, () -> open.add(() -> {
                    Result result = one(task, share);
                    synchronized (done) {
                        done.accept(result);
                    }
                    return result;
                })));
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<Result> future : pool.invokeAll(open)) {
                results.add(future.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the bench was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a case failed: " + e.getCause().getMessage(), e.getCause());
        }
        results.sort(Comparator.comparing(Result::circuit).thenComparing(Result::device));
        return results;
    }

    private Result one(Case task, Duration share) {
        try {
            Mapping mapping = Mapper.map(circuits.get(task.circuit()), devices.get(task.device()),
                    new MappingOptions(seed, share, 1, MappingOptions.Objective.SWAPS));
            return new Result(task.circuit(), task.device(), seed, share.toMillis(), mapping.swaps(), mapping.depth(),
                    mapping.millis(), mapping.verification().holds(), mapping.provenMinimal(), null);
        } catch (QuantumException e) {
            return new Result(task.circuit(), task.device(), seed, share.toMillis(), 0, 0, 0, false, false,
                    e.getMessage());
        }
    }
}
