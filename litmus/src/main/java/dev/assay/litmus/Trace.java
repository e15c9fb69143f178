package dev.assay.litmus;

import java.util.List;

/**
 * A possible execution of one thread: its events and the final values of the registers that are asked for.
 *
 * @param actions the events in program order
 * @param registers one value per observed register of the thread
 */
record Trace(List<Action> actions, long[] registers) {}
