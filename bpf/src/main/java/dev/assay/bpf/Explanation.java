package dev.assay.bpf;

import java.util.Locale;
import java.util.Optional;

/**
 * One relocation record of an object on one kernel, in words.
 *
 * @param instruction its number within the section, as disassemblers count
 * @param source file, line and text, where the object has them
 * @param path what is reached for, such as {@code task_struct.comm[3]}
 * @param expected as the object was compiled
 * @param found as the kernel has it
 * @param nearest the field or type that was probably meant, where none of the name is there
 * @param reachable whether the instruction can be reached with the numbers that this kernel gives
 * @param prevents whether this record alone keeps the object from loading
 */
public record Explanation(int instruction, String section, String function, Optional<String> source, String kind,
        String path, Status status, Shape expected, Optional<Shape> found, Optional<String> nearest, String says,
        boolean reachable, boolean prevents) {

    /** How a record fares. */
    public enum Status {
        /** It means here what it meant where it was compiled. */
        RESOLVED,
        /** It loads and reads something else than was meant. */
        WARNING,
        /** Something of the name is there and does not fit. */
        MISMATCH,
        /** Nothing of the name is there. */
        MISSING,
        /** Several things of the name are there and disagree. */
        AMBIGUOUS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A type, or a field at its place.
     *
     * @param kind such as {@code signed int} or {@code struct}
     * @param value what the instruction holds for it: an offset, size, number or answer
     */
    public record Shape(String type, String kind, boolean signed, long offsetBits, long sizeBits, long value) {}
}
