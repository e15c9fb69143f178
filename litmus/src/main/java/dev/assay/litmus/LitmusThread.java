package dev.assay.litmus;

import java.util.List;
import java.util.Map;

/**
 * One thread of a test.
 *
 * @param number its number, from 0
 * @param instructions what it executes, in order
 * @param lines the line in the file of each instruction, from 1
 * @param labels where each label points: the index of an instruction, or the number of instructions for the end
 */
public record LitmusThread(int number, List<Instruction> instructions, List<Integer> lines,
        Map<String, Integer> labels) {
    public LitmusThread {
        instructions = List.copyOf(instructions);
        lines = List.copyOf(lines);
        labels = Map.copyOf(labels);
        if (instructions.size() != lines.size()) {
            throw new IllegalArgumentException("every instruction has a line, but there are " + instructions.size()
                    + " instructions and " + lines.size() + " lines");
        }
    }
}
