package dev.axon64.app.metal;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.RawArray;
import dev.axon64.metal.exec.KernelBuffer;
import dev.axon64.metal.exec.MetalKernel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The contents of a buffer.
 *
 * @param index the buffer that they are for
 * @param data the bytes, which a run changes in place
 * @param array the same bytes with their type and shape, if they came from a {@code .npy} file
 */
record BufferFile(int index, byte[] data, Optional<RawArray> array) {
  private static final long MOST_BYTES = Integer.MAX_VALUE - 16;
  private static final int MOST_INDEX = 30;

  private static BufferFile raw(int index, byte[] data) {
    return new BufferFile(index, data, Optional.empty());
  }

  /**
   * Where a buffer goes after the run.
   *
   * @param zeroed the buffer of zeros that this output asks for, if it does
   * @param elementType what the kernel's parameter points at; empty if it has no such parameter
   */
  record Output(int index, Path file, Optional<BufferFile> zeroed, String elementType) {}

  /** Reads {@code I=FILE}. */
  static BufferFile read(String option) {
    int index = index(option, "--buffer");
    String name = option.substring(option.indexOf('=') + 1);
    byte[] bytes = AtomicFiles.read(Path.of(name), MOST_BYTES);
    if (name.endsWith(".npy")) {
      RawArray array = RawArray.read(bytes, name);
      return new BufferFile(index, array.data(), Optional.of(array));
    }
    return raw(index, bytes);
  }

  private static int index(String option, String name) {
    int equals = option.indexOf('=');
    try {
      int index = Integer.parseInt(equals < 0 ? option : option.substring(0, equals).trim());
      if (equals >= 0 && index >= 0 && index <= MOST_INDEX) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw new InputException(name, "'" + option + "' does not begin with a buffer index", e);
    }
    throw new InputException(
        name, "'" + option + "' is not INDEX=..., with an index between 0 and " + MOST_INDEX);
  }

  /** Reads {@code I=FILE} or {@code I=FILE:BYTES}. */
  static Output output(String option, MetalKernel kernel) {
    int index = index(option, "--out");
    String name = option.substring(option.indexOf('=') + 1);
    int colon = name.lastIndexOf(':');
    Optional<BufferFile> zeroed = Optional.empty();
    if (colon > 0 && name.substring(colon + 1).matches("[0-9]{1,18}")) {
      long bytes = Long.parseLong(name.substring(colon + 1));
      if (bytes > MOST_BYTES) {
        throw new InputException("--out", "a buffer holds " + MOST_BYTES + " bytes at most");
      }
      name = name.substring(0, colon);
      zeroed = Optional.of(raw(index, new byte[(int) bytes]));
    }
    if (name.isEmpty()) {
      throw new InputException("--out", "'" + option + "' names no file");
    }
    String type =
        kernel.buffers().stream()
            .filter(b -> b.index() == index)
            .map(KernelBuffer::elementType)
            .findFirst()
            .orElse("");
    return new Output(index, Path.of(name), zeroed, type);
  }

  /** The bytes of the file to write: a {@code .npy} file if its name ends so, else raw bytes. */
  byte[] asFile(Output output) {
    return output.file().toString().endsWith(".npy")
        ? array.orElseGet(() -> row(output.elementType())).npy()
        : data;
  }

  /** One dimension of elements of a kernel's type, or of bytes if they are not numbers. */
  private RawArray row(String elementType) {
    String descr =
        switch (elementType) {
          case "char" -> "|i1";
          case "short" -> "<i2";
          case "ushort" -> "<u2";
          case "int", "atomic_int" -> "<i4";
          case "uint", "atomic_uint" -> "<u4";
          case "long" -> "<i8";
          case "ulong" -> "<u8";
          case "half" -> "<f2";
          case "float" -> "<f4";
          case "bool" -> "|b1";
          default -> "|u1";
        };
    int size = descr.charAt(2) - '0';
    return data.length % size == 0 ? RawArray.row(descr, size, data) : RawArray.row("|u1", 1, data);
  }

  /** Reads {@code I=TYPE:V,V,...}. */
  static BufferFile value(String option) {
    int index = index(option, "--value");
    String rest = option.substring(option.indexOf('=') + 1);
    int colon = rest.indexOf(':');
    if (colon < 0) {
      throw new InputException("--value", "'" + option + "' is not INDEX=TYPE:NUMBER");
    }
    String type = rest.substring(0, colon);
    String[] numbers = rest.substring(colon + 1).split(",", -1);
    ByteBuffer out = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (String number : numbers) {
      try {
        put(out, type, number.trim());
      } catch (NumberFormatException | ArithmeticException e) {
        throw new InputException("--value", "'" + number + "' is not a " + type, e);
      }
    }
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return raw(index, bytes);
  }

  private static void put(ByteBuffer out, String type, String number) {
    switch (type) {
      case "float" -> out.putFloat(Float.parseFloat(number));
      case "half" -> out.putShort(Float.floatToFloat16(Float.parseFloat(number)));
      case "bool" -> out.put((byte) (Boolean.parseBoolean(number) || number.equals("1") ? 1 : 0));
      case "char" -> out.put((byte) integer(number, 8, true));
      case "uchar" -> out.put((byte) integer(number, 8, false));
      case "short" -> out.putShort((short) integer(number, 16, true));
      case "ushort" -> out.putShort((short) integer(number, 16, false));
      case "int" -> out.putInt((int) integer(number, 32, true));
      case "uint" -> out.putInt((int) integer(number, 32, false));
      case "long" -> out.putLong(integer(number, 64, true));
      case "ulong" -> out.putLong(integer(number, 64, false));
      default ->
          throw new InputException(
              "--value",
              "type '"
                  + type
                  + "' is not one of bool, char, uchar, short, ushort, int, uint, long, ulong,"
                  + " half, float");
    }
  }

  private static long integer(String text, int bits, boolean signed) {
    BigInteger value =
        text.startsWith("0x")
            ? new BigInteger(text.substring(2), 16)
            : new BigDecimal(text).toBigIntegerExact();
    BigInteger end = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
    BigInteger begin = signed ? end.negate() : BigInteger.ZERO;
    if (value.compareTo(begin) < 0 || value.compareTo(end) >= 0) {
      throw new ArithmeticException("out of range");
    }
    return value.longValue();
  }
}
