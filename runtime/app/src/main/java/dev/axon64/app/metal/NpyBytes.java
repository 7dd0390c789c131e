package dev.axon64.app.metal;

import dev.axon64.codegen.support.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .npy} file taken as bytes.
 *
 * @param descriptor the element type as numpy writes it, such as {@code <f4}
 * @param shape what stands between the parentheses of the shape
 * @param data the elements, C order, little-endian
 */
record NpyBytes(String descriptor, String shape, byte[] data) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCRIPTOR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");
  private static final Pattern SUPPORTED = Pattern.compile("[<|=][biuf?][1248]");
  private static final int ALIGNMENT = 64;

  /** Reads the bytes of a file; {@code name} is for messages. */
  static NpyBytes parse(byte[] file, String name) {
    if (file.length < 10) {
      throw new InputException(name, "too short for a .npy file");
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (file[i] != MAGIC[i]) {
        throw new InputException(name, "not a .npy file: its first bytes are wrong");
      }
    }
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int major = file[6];
    if (major != 1 && major != 2) {
      throw new InputException(name, ".npy version " + major + " is not supported; 1 and 2 are");
    }
    int begin = major == 1 ? 10 : 12;
    long length = major == 1 || file.length < 12 ? in.getShort(8) & 0xffff : in.getInt(8);
    if (length < 0 || begin + length > file.length) {
      throw new InputException(name, "the header is cut short");
    }
    String header = new String(file, begin, (int) length, StandardCharsets.ISO_8859_1);
    return body(file, begin + (int) length, header, name);
  }

  private static NpyBytes body(byte[] file, int begin, String header, String name) {
    String descriptor = find(DESCRIPTOR, header, "descr", name);
    String shape = find(SHAPE, header, "shape", name).replaceAll("[\\sL]", "");
    if (find(ORDER, header, "fortran_order", name).equals("True")) {
      throw new InputException(name, "Fortran order is not supported; save it in C order");
    }
    Matcher type = SUPPORTED.matcher(descriptor);
    if (!type.matches()) {
      throw new InputException(
          name, "dtype '" + descriptor + "' is not a little-endian number type");
    }
    long size = descriptor.charAt(descriptor.length() - 1) - '0';
    for (String dimension : shape.split(",")) {
      if (dimension.length() > 10) {
        throw new InputException(name, "a dimension of " + dimension + " is too large");
      }
      size = dimension.isEmpty() ? size : size * Long.parseLong(dimension);
      if (size > Integer.MAX_VALUE) {
        throw new InputException(name, "over 2 GiB of elements");
      }
    }
    if (file.length - begin != size) {
      throw new InputException(
          name,
          "its header promises %d bytes of elements, %d follow"
              .formatted(size, file.length - begin));
    }
    return new NpyBytes(descriptor, shape, java.util.Arrays.copyOfRange(file, begin, file.length));
  }

  private static String find(Pattern pattern, String header, String key, String name) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new InputException(name, "the header has no usable '" + key + "'");
    }
    return matcher.group(1);
  }

  /** One dimension of elements of {@code descriptor}. */
  static NpyBytes row(String descriptor, int elementBytes, byte[] data) {
    return new NpyBytes(descriptor, data.length / elementBytes + ",", data);
  }

  NpyBytes withData(byte[] changed) {
    return new NpyBytes(descriptor, shape, changed);
  }

  /** The file, version 1. */
  byte[] toBytes() {
    StringBuilder header =
        new StringBuilder(
            "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
                .formatted(descriptor, shape));
    while ((10 + header.length() + 1) % ALIGNMENT != 0) {
      header.append(' ');
    }
    header.append('\n');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.write(1);
    out.write(0);
    out.write(header.length() & 0xff);
    out.write(header.length() >> 8);
    out.writeBytes(header.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(data);
    return out.toByteArray();
  }
}
