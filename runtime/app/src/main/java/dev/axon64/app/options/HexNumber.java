package dev.axon64.app.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts an option's value of up to 16 hexadecimal digits, with or without {@code 0x}. */
public final class HexNumber implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    try {
      return Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : text, 16);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(text + " is no hexadecimal number");
    }
  }
}
