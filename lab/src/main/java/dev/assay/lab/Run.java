package dev.assay.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One session of the lab, whole: what the archive holds.
 *
 * @param id names the run and its folder
 * @param started by the wall clock
 * @param seconds that it took
 * @param settings under which it was conducted
 * @param machine the machine sheet, as a tree of maps, lists, strings and numbers
 * @param findings one per experiment asked for, in that order
 * @param doubts about the whole run
 */
public record Run(String id, Instant started, double seconds, Settings settings, Map<String, Object> machine,
        List<Finding> findings, List<Doubt> doubts) {
    public Run {
        findings = List.copyOf(findings);
        doubts = List.copyOf(doubts);
    }

    /** With one more doubt about all of it. */
    public Run with(Doubt doubt) {
        List<Doubt> more = new ArrayList<>(doubts);
        more.add(doubt);
        return new Run(id, started, seconds, settings, machine, findings, more);
    }
}
