package dev.axon64.app.metal;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.exec.KernelBuffer;
import dev.axon64.metal.exec.MetalKernel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The contents of a buffer and, if it came from a {@code .npy} file, what that file said of them.
 *
 * @param npy null for raw bytes
 */
record BufferFile(int index, byte[] data, NpyBytes npy) {
  private static final long MOST_BYTES = Integer.MAX_VALUE - 16;
  private static final int MOST_INDEX = 30;

  /**
   * Where a buffer goes after the run.
   *
   * @param zeroed the buffer that this output itself asks for, or null
   * @param elementType what the kernel's parameter points at
   */
  record Output(int index, Path file, BufferFile zeroed, String elementType) {}

  /** {@code I=FILE}. */
  static BufferFile read(String option) {
    int index = index(option, "--buffer");
    String name = option.substring(option.indexOf('=') + 1);
    byte[] bytes = AtomicFiles.read(Path.of(name), MOST_BYTES);
    if (name.endsWith(".npy")) {
      NpyBytes npy = NpyBytes.parse(bytes, name);
      return new BufferFile(index, npy.data(), npy);
    }
    return new BufferFile(index, bytes, null);
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

  /** {@code I=FILE} or {@code I=FILE:BYTES}. */
  static Output output(String option, MetalKernel kernel) {
    int index = index(option, "--out");
    String name = option.substring(option.indexOf('=') + 1);
    int colon = name.lastIndexOf(':');
    BufferFile zeroed = null;
    if (colon > 0 && name.substring(colon + 1).matches("[0-9]{1,18}")) {
      long bytes = Long.parseLong(name.substring(colon + 1));
      if (bytes > MOST_BYTES) {
        throw new InputException("--out", "a buffer holds " + MOST_BYTES + " bytes at most");
      }
      name = name.substring(0, colon);
      zeroed = new BufferFile(index, new byte[(int) bytes], null);
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

  /** The bytes of the file to write: {@code .npy} if it is called so, else raw. */
  byte[] asFile(Output output) {
    if (!output.file().toString().endsWith(".npy")) {
      return data;
    }
    if (npy != null) {
      return npy.withData(data).toBytes();
    }
    String descriptor =
        switch (output.elementType()) {
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
    int size = descriptor.charAt(2) - '0';
    return data.length % size == 0
        ? NpyBytes.row(descriptor, size, data).toBytes()
        : NpyBytes.row("|u1", 1, data).toBytes();
  }

  /** {@code I=TYPE:V,V,...}. */
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
    return new BufferFile(index, bytes, null);
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
