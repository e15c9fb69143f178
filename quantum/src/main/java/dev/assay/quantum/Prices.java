package dev.assay.quantum;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * What steps cost by an objective other than the number of swaps: how long they take, or how likely they fail (as
 * logarithms, which add up). A mean swap costs about 1, so that prices can be weighed against hops.
 */
final class Prices {
    /** Above it, hops stand for the cheapest ways: the ways of all pairs would take too much memory. */
    private static final int MOST_WEIGHTED = 1500;
    private static final double MOST_ERROR = 0.999_999;

    /** Whether steps cost time, which passes in parallel, rather than success, which is a product over all. */
    final boolean timed;
    /** How long a two-qubit step and a swap take, relative to a swap. */
    final double stepTime;
    final double swapTime;
    private final int size;
    /** By pair of coupled places: the price of a step there; a swap costs three times as much. */
    private final float[] step;
    /** By pair of places: the price of the cheapest way of swaps between them. */
    private final float[] way;

    private Prices(boolean timed, double stepTime, double swapTime, Topology device, float[] step) {
        this.timed = timed;
        this.stepTime = stepTime;
        this.swapTime = swapTime;
        this.size = device.size;
        this.step = step;
        this.way = ways(device, step);
    }

    /** Null when the objective says no more than the number of swaps does. */
    static Prices of(MappingOptions.Objective objective, Device device, Topology topology) {
        return switch (objective) {
            case SWAPS -> null;
            case DEPTH -> new Prices(true, 1, 1, topology, null);
            case DURATION -> {
                double swap = device.nanos(Operation.Gate.of("swap", 0, 1));
                double gate = device.nanos(Operation.Gate.of("cx", 0, 1));
                yield swap <= 0 ? null : new Prices(true, gate / swap, 1, topology, null);
            }
            case SUCCESS -> success(device, topology);
        };
    }

    private static Prices success(Device device, Topology topology) {
        if (device.edgeErrors().isEmpty()) {
            return null;
        }
        float[] step = new float[topology.size * topology.size];
        double sum = 0;
        for (int i = 0; i < device.edges().size(); i++) {
            Device.Edge edge = device.edges().get(i);
            double price = -Math.log1p(-Math.min(MOST_ERROR, device.edgeErrors().get(i)));
            step[edge.from() * topology.size + edge.to()] = (float) price;
            step[edge.to() * topology.size + edge.from()] = (float) price;
            sum += price;
        }
        double mean = sum / device.edges().size();
        if (!(mean > 0)) {
            return null;
        }
        for (int i = 0; i < step.length; i++) {
            step[i] /= (float) (3 * mean);
        }
        return new Prices(false, 0, 0, topology, step);
    }

    private static float[] ways(Topology device, float[] step) {
        float[] ways = new float[device.size * device.size];
        for (int i = 0; i < ways.length; i++) {
            ways[i] = device.distance[i];
        }
        if (step != null && device.size <= MOST_WEIGHTED) {
            for (int from = 0; from < device.size; from++) {
                cheapest(device, step, from, ways);
            }
        }
        return ways;
    }

    private record Reached(int place, float price) {}

    /** Half the price of a way is its hops: a cheap detour costs time and room that nothing else counts. */
    private static void cheapest(Topology device, float[] step, int from, float[] ways) {
        int row = from * device.size;
        Arrays.fill(ways, row, row + device.size, Topology.UNREACHABLE);
        ways[row + from] = 0;
        PriorityQueue<Reached> open = new PriorityQueue<>((a, b) -> Float.compare(a.price, b.price));
        open.add(new Reached(from, 0));
        while (!open.isEmpty()) {
            Reached next = open.remove();
            if (next.price > ways[row + next.place]) {
                continue;
            }
            for (int i = device.start[next.place]; i < device.start[next.place + 1]; i++) {
                int other = device.neighbour[i];
                float price = next.price + 0.5f + 1.5f * step[next.place * device.size + other];
                if (price < ways[row + other]) {
                    ways[row + other] = price;
                    open.add(new Reached(other, price));
                }
            }
        }
    }

    float way(int p, int r) {
        return way[p * size + r];
    }

    /** What a step on this coupling costs, a swap being three. */
    double step(int p, int r) {
        return step == null ? 0 : step[p * size + r];
    }
}
