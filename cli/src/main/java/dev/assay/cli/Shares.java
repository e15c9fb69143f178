package dev.assay.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Shares as users write them: {@code 0.02} or {@code 2%}. */
final class Shares implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
        String written = text.strip();
        boolean percent = written.endsWith("%");
        try {
            double value = Double.parseDouble(percent ? written.substring(0, written.length() - 1).strip() : written);
            return percent ? value / 100 : value;
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a share; write it like 0.02 or 2%");
        }
    }
}
