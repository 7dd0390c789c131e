package dev.axon64.system.tree;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a flattened device tree, version 17 (Devicetree Specification, chapter 5). */
public final class FlatTree {
  static final int MAGIC = 0xd00dfeed;
  static final int BEGIN_NODE = 1;
  static final int END_NODE = 2;
  static final int PROPERTY = 3;
  static final int END = 9;
  private static final int VERSION = 17;
  private static final int COMPATIBLE = 16;
  static final int HEADER = 40;
  private static final int NO_RESERVATIONS = 16;

  private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(structure);
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();
  private final Map<String, Integer> offsets = new LinkedHashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins with the root node, in which properties and nodes can be put. */
  public FlatTree() {
    begin("");
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private void write(Writing writing) {
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written to a file
    }
  }

  private void pad() {
    while (structure.size() % Integer.BYTES != 0) {
      structure.write(0);
    }
  }

  /** Begins a node, which follows the properties of the one that it is in. */
  public FlatTree begin(String name) {
    open.push(name);
    write(
        to -> {
          to.writeInt(BEGIN_NODE);
          to.write(name.getBytes(StandardCharsets.US_ASCII));
          to.writeByte(0);
        });
    pad();
    return this;
  }

  /** Ends the node that was begun last. */
  public FlatTree end() {
    open.pop();
    write(to -> to.writeInt(END_NODE));
    return this;
  }

  /** Adds a property of bytes. */
  public FlatTree bytes(String name, byte[] value) {
    write(
        to -> {
          to.writeInt(PROPERTY);
          to.writeInt(value.length);
          to.writeInt(offset(name));
          to.write(value);
        });
    pad();
    return this;
  }

  private int offset(String name) {
    return offsets.computeIfAbsent(
        name,
        added -> {
          int at = names.size();
          names.writeBytes(added.getBytes(StandardCharsets.US_ASCII));
          names.write(0);
          return at;
        });
  }

  /** Adds a property without a value. */
  public FlatTree flag(String name) {
    return bytes(name, new byte[0]);
  }

  /** Adds a property of cells, numbers of 32 bits. */
  public FlatTree cells(String name, long... cells) {
    ByteBuffer value = ByteBuffer.allocate(Integer.BYTES * cells.length);
    for (long cell : cells) {
      value.putInt((int) cell);
    }
    return bytes(name, value.array());
  }

  /** Adds a property of numbers of 64 bits, two cells each. */
  public FlatTree wide(String name, long... numbers) {
    ByteBuffer value = ByteBuffer.allocate(Long.BYTES * numbers.length);
    for (long number : numbers) {
      value.putLong(number);
    }
    return bytes(name, value.array());
  }

  /** Adds a property of texts. */
  public FlatTree text(String name, String... texts) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (String text : texts) {
      value.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      value.write(0);
    }
    return bytes(name, value.toByteArray());
  }

  /** Ends the root node and returns the tree. */
  public byte[] blob() {
    end();
    if (!open.isEmpty()) {
      throw new IllegalStateException("nodes that were not ended: " + open);
    }
    write(to -> to.writeInt(END));
    int strings = HEADER + NO_RESERVATIONS + structure.size();
    int total = strings + names.size();
    ByteBuffer blob = ByteBuffer.allocate(total);
    blob.putInt(MAGIC).putInt(total).putInt(HEADER + NO_RESERVATIONS).putInt(strings);
    blob.putInt(HEADER).putInt(VERSION).putInt(COMPATIBLE).putInt(0);
    blob.putInt(names.size()).putInt(structure.size());
    blob.position(HEADER + NO_RESERVATIONS);
    blob.put(structure.toByteArray()).put(names.toByteArray());
    return blob.array();
  }
}
