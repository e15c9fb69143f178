package dev.assay.litmus;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What devices demand of memory's alignment, and what a program gets.
 *
 * @param allocations how often allocated memory misses a demand
 * @param directInput what becomes of reads past the page cache into misaligned memory
 */
public record Alignment(List<Allocation> allocations, List<DirectInput> directInput) {
    /**
     * Allocations of random sizes from 1 to 65536 bytes.
     *
     * @param how the call
     * @param demand the alignment in bytes
     * @param allocations how many
     * @param misaligned how many of them begin elsewhere
     */
    public record Allocation(String how, int demand, int allocations, int misaligned) {}

    /**
     * One read.
     *
     * @param offset of the memory from the start of a page, in bytes
     * @param outcome bytes read, or the exception
     */
    public record DirectInput(int offset, String outcome) {}

    public Alignment {
        allocations = List.copyOf(allocations);
        directInput = List.copyOf(directInput);
    }

    static Alignment of(JsonNode answer) {
        List<Allocation> allocations = new ArrayList<>();
        for (JsonNode row : answer.get("allocations")) {
            allocations.add(new Allocation(row.get("how").asString(), row.get("demand").asInt(),
                    row.get("allocations").asInt(), row.get("misaligned").asInt()));
        }
        List<DirectInput> input = new ArrayList<>();
        for (JsonNode row : answer.get("directInput")) {
            input.add(new DirectInput(row.get("offset").asInt(), row.get("outcome").asString()));
        }
        return new Alignment(allocations, input);
    }
}
