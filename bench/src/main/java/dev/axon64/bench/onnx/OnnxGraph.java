package dev.axon64.bench.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Builds an ONNX model (IR version 8, operator set 17). Field numbers are those of {@code
 * onnx.proto}.
 */
final class OnnxGraph {
  /** An extent that each call chooses. */
  static final int ANY = -1;

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;

  /** Element types, {@code TensorProto.DataType}. */
  enum Type {
    FLOAT(1),
    INT32(6),
    INT64(7);

    private final int code;

    Type(int code) {
      this.code = code;
    }
  }

  /** An attribute of an operator: a {@code Long}, a {@code String} or a list of integers. */
  record Attribute(String name, Object value) {
    Attribute(String name, long value) {
      this(name, Long.valueOf(value));
    }

    /** Field numbers and types are those of {@code AttributeProto}. */
    private ProtoWriter message() {
      ProtoWriter message = new ProtoWriter().text(1, name);
      return switch (value) {
        case Long integer -> message.integer(3, integer).integer(20, 2);
        case String text -> message.text(4, text).integer(20, 3);
        case List<?> integers -> {
          integers.forEach(integer -> message.integer(8, (Integer) integer));
          yield message.integer(20, 7);
        }
        default -> throw new IllegalArgumentException("an attribute of " + value);
      };
    }
  }

  private final String name;
  private final ProtoWriter graph = new ProtoWriter();
  private int nodes;

  OnnxGraph(String name) {
    this.name = name;
    graph.text(2, name);
  }

  OnnxGraph input(String value, Type type, int... extents) {
    graph.message(11, valueInfo(value, type, extents));
    return this;
  }

  OnnxGraph output(String value, Type type, int... extents) {
    graph.message(12, valueInfo(value, type, extents));
    return this;
  }

  /** A constant, row-major. */
  OnnxGraph constant(String value, float[] data, int... extents) {
    ByteBuffer raw = ByteBuffer.allocate(data.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(data);
    return constant(value, Type.FLOAT, raw, extents);
  }

  /** A constant vector, such as the extents of a Reshape. */
  OnnxGraph integers(String value, long... data) {
    ByteBuffer raw = ByteBuffer.allocate(data.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(data);
    return constant(value, Type.INT64, raw, data.length);
  }

  private OnnxGraph constant(String value, Type type, ByteBuffer raw, int... extents) {
    ProtoWriter tensor = new ProtoWriter();
    for (int extent : extents) {
      tensor.integer(1, extent);
    }
    tensor.integer(2, type.code).text(8, value).bytes(9, raw.array());
    graph.message(5, tensor);
    return this;
  }

  /** An operator with one result. */
  OnnxGraph node(String operator, List<String> inputs, String result, Attribute... attributes) {
    ProtoWriter node = new ProtoWriter();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, result).text(3, operator + nodes++).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    graph.message(1, node);
    return this;
  }

  /** The model file's bytes. */
  byte[] toBytes() {
    ProtoWriter operators = new ProtoWriter().text(1, "").integer(2, OPERATOR_SET);
    return new ProtoWriter()
        .integer(1, IR_VERSION)
        .text(2, name)
        .message(7, graph)
        .message(8, operators)
        .toBytes();
  }

  private static ProtoWriter valueInfo(String value, Type type, int... extents) {
    ProtoWriter shape = new ProtoWriter();
    for (int extent : extents) {
      ProtoWriter dimension = new ProtoWriter();
      shape.message(1, extent == ANY ? dimension.text(2, "n") : dimension.integer(1, extent));
    }
    ProtoWriter tensor = new ProtoWriter().integer(1, type.code).message(2, shape);
    return new ProtoWriter().text(1, value).message(2, new ProtoWriter().message(1, tensor));
  }
}
