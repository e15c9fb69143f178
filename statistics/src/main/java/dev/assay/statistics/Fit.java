package dev.assay.statistics;

import java.util.List;

/**
 * A fitted model.
 *
 * @param parameters in the order in which they were given
 * @param residuals observed less fitted, in the order of the observations; a pattern in them means that the model is wrong
 * @param residualDeviation their standard deviation, with as many degrees of freedom
 * @param degreesOfFreedom observations less parameters, at least 1
 * @param explained R², the share of the observations' variance that the model explains; at most 1, below 0 for a model worse than the mean
 */
public record Fit(List<Parameter> parameters, Sample residuals, double residualDeviation, int degreesOfFreedom,
        double explained) {
    /**
     * A parameter's estimate.
     *
     * @param interval value ± t·standardError: exact for linear models with normal residuals, an approximation for curves
     */
    public record Parameter(String name, double value, double standardError, Interval interval) {}

    public Fit {
        parameters = List.copyOf(parameters);
    }

    /** @throws StatisticsException if there is no such parameter */
    public Parameter parameter(String name) {
        return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst()
                .orElseThrow(() -> new StatisticsException(
                        "no parameter " + name + " in this fit; it has "
                                + parameters.stream().map(Parameter::name).toList()));
    }
}
