/**
 * Samples, intervals and decisions. Every formula names its source; every random step takes a seed.
 *
 * <p>The model: a process is the unit of observation, a block pairs one process of each variant, an effect is the mean of within-block log
 * ratios. Everything here is pure computation on values in memory: no clocks, no files, no sibling modules.
 */
package dev.assay.statistics;
