package dev.assay.machine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The caches of a machine.
 *
 * @param all by level, type and first processor; empty when the machine does not say
 * @param line the line size as read, or why it is not known
 * @param lineBytes the line size to use: as read, else the usual one of the architecture
 * @param viewpoint the processor that answers where none is named: the first that this process may use
 * @param source where the caches were read, or why there are none
 */
public record Caches(List<Cache> all, Reading<Integer> line, int lineBytes, int viewpoint, Reading<String> source) {
    public Caches {
        all = List.copyOf(all);
        if (lineBytes < 1) {
            throw new IllegalArgumentException("a cache line has at least one byte, not " + lineBytes);
        }
    }

    /** The cache of a level that holds data, as seen from the first processor that this process may use. */
    public Optional<Cache> dataCache(int level) {
        return dataCache(viewpoint, level);
    }

    /** The cache of a level that holds data, as seen from one processor. */
    public Optional<Cache> dataCache(int processor, int level) {
        return seenFrom(processor).stream().filter(cache -> cache.level() == level).findFirst();
    }

    /** The last cache before memory, as seen from the first processor that this process may use. */
    public Optional<Cache> lastLevel() {
        return lastLevel(viewpoint);
    }

    public Optional<Cache> lastLevel(int processor) {
        return seenFrom(processor).stream().max(Comparator.comparingInt(Cache::level));
    }

    /** The data caches of one processor, the closest first. */
    public List<Cache> seenFrom(int processor) {
        return all.stream().filter(cache -> cache.holdsData() && cache.sharedBy().get(processor))
                .sorted(Comparator.comparingInt(Cache::level)).toList();
    }
}
