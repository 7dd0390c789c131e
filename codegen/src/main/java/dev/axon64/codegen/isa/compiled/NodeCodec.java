package dev.axon64.codegen.isa.compiled;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads values of the IR. Within one entry, a value that came before is written as its
 * number.
 */
final class NodeCodec {
  private static final Tag[] TAGS = Tag.values();
  private static final UnaryOp[] UNARY = UnaryOp.values();
  private static final BinaryOp[] BINARY = BinaryOp.values();

  private NodeCodec() {}

  private enum Tag {
    KNOWN,
    CONST,
    FIELD,
    WORD,
    LOCAL,
    GET_X,
    GET_V,
    GET_STATE,
    PC,
    UNARY,
    BINARY,
    EXTRACT,
    EXTEND,
    CONCAT,
    SELECT
  }

  /** Writes the values of one entry. */
  static final class Writer {
    private final Output out;
    private final Map<Node, Integer> known = new HashMap<>();

    Writer(Output out) {
      this.out = out;
    }

    void write(Node node) {
      Integer number = known.get(node);
      if (number != null) {
        out.tag(Tag.KNOWN);
        out.number(number);
        return;
      }
      switch (node) {
        case Node.Const n -> {
          begin(Tag.CONST, n.width());
          out.number(n.value());
        }
        case Node.Field n -> {
          begin(Tag.FIELD, n.width());
          out.number(n.low());
          out.text(n.name());
        }
        case Node.Word n -> out.tag(Tag.WORD);
        case Node.Local n -> {
          out.tag(Tag.LOCAL);
          local(n);
        }
        case Node.GetX n -> {
          out.tag(Tag.GET_X);
          out.flag(n.stack());
          write(n.index());
        }
        case Node.GetV n -> {
          out.tag(Tag.GET_V);
          out.number(n.half());
          write(n.index());
        }
        case Node.GetState n -> {
          begin(Tag.GET_STATE, n.width());
          out.text(n.name());
        }
        case Node.Pc n -> out.tag(Tag.PC);
        case Node.Unary n -> {
          begin(Tag.UNARY, n.width());
          out.tag(n.op());
          write(n.operand());
        }
        case Node.Binary n -> {
          begin(Tag.BINARY, n.width());
          out.tag(n.op());
          write(n.left());
          write(n.right());
        }
        case Node.Extract n -> {
          begin(Tag.EXTRACT, n.width());
          out.number(n.low());
          write(n.operand());
        }
        case Node.Extend n -> {
          begin(Tag.EXTEND, n.width());
          out.flag(n.signed());
          write(n.operand());
        }
        case Node.Concat n -> {
          begin(Tag.CONCAT, n.width());
          write(n.high());
          write(n.low());
        }
        case Node.Select n -> {
          begin(Tag.SELECT, n.width());
          write(n.condition());
          write(n.yes());
          write(n.no());
        }
      }
      known.put(node, known.size());
    }

    private void begin(Tag tag, int width) {
      out.tag(tag);
      out.number(width);
    }

    void local(Node.Local n) {
      out.number(n.width());
      out.number(n.id());
      out.text(n.name());
    }
  }

  /** Reads the values of one entry, in the order in which they were written. */
  static final class Reader {
    private final Input in;
    private final List<Node> known = new ArrayList<>();

    Reader(Input in) {
      this.in = in;
    }

    Node read() {
      Tag tag = TAGS[in.small()];
      if (tag == Tag.KNOWN) {
        return known.get(in.small());
      }
      Node node = fresh(tag);
      known.add(node);
      return node;
    }

    private Node fresh(Tag tag) {
      return switch (tag) {
        case KNOWN -> throw new IllegalArgumentException("not fresh");
        case CONST -> new Node.Const(in.small(), in.number());
        case FIELD -> new Node.Field(in.small(), in.small(), in.text());
        case WORD -> new Node.Word();
        case LOCAL -> local();
        case GET_X -> {
          boolean stack = in.flag();
          yield new Node.GetX(read(), stack);
        }
        case GET_V -> {
          int half = in.small();
          yield new Node.GetV(read(), half);
        }
        case GET_STATE -> new Node.GetState(in.small(), in.text());
        case PC -> new Node.Pc();
        case UNARY -> {
          int width = in.small();
          yield new Node.Unary(UNARY[in.small()], width, read());
        }
        case BINARY -> {
          int width = in.small();
          yield new Node.Binary(BINARY[in.small()], width, read(), read());
        }
        case EXTRACT -> new Node.Extract(in.small(), in.small(), read());
        case EXTEND -> new Node.Extend(in.small(), in.flag(), read());
        case CONCAT -> new Node.Concat(in.small(), read(), read());
        case SELECT -> new Node.Select(in.small(), read(), read(), read());
      };
    }

    Node.Local local() {
      return new Node.Local(in.small(), in.small(), in.text());
    }
  }
}
