package dev.millwright.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads how many of something an option wants: a whole number from 1.
public final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException malformed) {
            // Said below, as for numbers that are too small.
        }
        throw new TypeConversionException("'%s' is not a whole number from 1".formatted(text));
    }
}
