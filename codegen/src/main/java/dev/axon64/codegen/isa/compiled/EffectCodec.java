package dev.axon64.codegen.isa.compiled;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/** Writes and reads effects of the IR. A called function is written as its number. */
final class EffectCodec {
  private static final Tag[] TAGS = Tag.values();

  private EffectCodec() {}

  private enum Tag {
    DEFINE,
    DECLARE,
    ASSIGN,
    SET_X,
    SET_V,
    SET_STATE,
    BRANCH,
    LOAD,
    STORE,
    IF,
    UNDEFINED,
    RAISE,
    HOST,
    CALL
  }

  /** Writes a list of effects. */
  static void write(Output out, List<Effect> effects, ToIntFunction<SharedFunction> functions) {
    new Writer(out, functions).write(effects);
  }

  /** Reads a list of effects. */
  static List<Effect> read(Input in, IntFunction<SharedFunction> functions) {
    return new Reader(in, functions).list();
  }

  private static final class Writer {
    private final Output out;
    private final NodeCodec.Writer nodes;
    private final ToIntFunction<SharedFunction> functions;

    Writer(Output out, ToIntFunction<SharedFunction> functions) {
      this.out = out;
      this.nodes = new NodeCodec.Writer(out);
      this.functions = functions;
    }

    void write(List<Effect> effects) {
      out.list(effects, (to, effect) -> write(effect));
    }

    private void nodes(List<Node> all) {
      out.list(all, (to, node) -> nodes.write(node));
    }

    private void write(Effect effect) {
      switch (effect) {
        case Effect.Define e -> {
          out.tag(Tag.DEFINE);
          nodes.local(e.local());
          nodes.write(e.value());
        }
        case Effect.Declare e -> {
          out.tag(Tag.DECLARE);
          nodes.local(e.local());
        }
        case Effect.Assign e -> {
          out.tag(Tag.ASSIGN);
          nodes.local(e.local());
          nodes.write(e.value());
        }
        case Effect.SetX e -> {
          out.tag(Tag.SET_X);
          nodes.write(e.index());
          out.flag(e.stack());
          nodes.write(e.value());
        }
        case Effect.SetV e -> {
          out.tag(Tag.SET_V);
          nodes.write(e.index());
          nodes.write(e.low());
          nodes.write(e.high());
        }
        case Effect.SetState e -> {
          out.tag(Tag.SET_STATE);
          out.text(e.name());
          nodes.write(e.value());
        }
        case Effect.Branch e -> {
          out.tag(Tag.BRANCH);
          nodes.write(e.target());
        }
        case Effect.Load e -> {
          out.tag(Tag.LOAD);
          nodes.local(e.local());
          nodes.write(e.address());
          out.number(e.bytes());
        }
        case Effect.Store e -> {
          out.tag(Tag.STORE);
          nodes.write(e.address());
          out.number(e.bytes());
          nodes.write(e.value());
        }
        case Effect.If e -> {
          out.tag(Tag.IF);
          nodes.write(e.condition());
          write(e.yes());
          write(e.no());
        }
        case Effect.Undefined e -> out.tag(Tag.UNDEFINED);
        case Effect.Raise e -> {
          out.tag(Tag.RAISE);
          out.text(e.trap());
          nodes(e.arguments());
        }
        case Effect.Host e -> {
          out.tag(Tag.HOST);
          out.optional(e.result(), (to, local) -> nodes.local(local));
          out.text(e.name());
          nodes(e.arguments());
        }
        case Effect.Call e -> {
          out.tag(Tag.CALL);
          out.optional(e.result(), (to, local) -> nodes.local(local));
          out.number(functions.applyAsInt(e.function()));
          nodes(e.arguments());
        }
      }
    }
  }

  private static final class Reader {
    private final Input in;
    private final NodeCodec.Reader nodes;
    private final IntFunction<SharedFunction> functions;

    Reader(Input in, IntFunction<SharedFunction> functions) {
      this.in = in;
      this.nodes = new NodeCodec.Reader(in);
      this.functions = functions;
    }

    List<Effect> list() {
      return in.list(from -> read());
    }

    private List<Node> nodes() {
      return in.list(from -> nodes.read());
    }

    private Effect read() {
      return switch (TAGS[in.small()]) {
        case DEFINE -> new Effect.Define(nodes.local(), nodes.read());
        case DECLARE -> new Effect.Declare(nodes.local());
        case ASSIGN -> new Effect.Assign(nodes.local(), nodes.read());
        case SET_X -> new Effect.SetX(nodes.read(), in.flag(), nodes.read());
        case SET_V -> new Effect.SetV(nodes.read(), nodes.read(), nodes.read());
        case SET_STATE -> new Effect.SetState(in.text(), nodes.read());
        case BRANCH -> new Effect.Branch(nodes.read());
        case LOAD -> new Effect.Load(nodes.local(), nodes.read(), in.small());
        case STORE -> new Effect.Store(nodes.read(), in.small(), nodes.read());
        case IF -> new Effect.If(nodes.read(), list(), list());
        case UNDEFINED -> new Effect.Undefined();
        case RAISE -> new Effect.Raise(in.text(), nodes());
        case HOST -> new Effect.Host(in.optional(from -> nodes.local()), in.text(), nodes());
        case CALL ->
            new Effect.Call(
                in.optional(from -> nodes.local()), functions.apply(in.small()), nodes());
      };
    }
  }
}
