package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Pos;
import dev.axon64.metal.msl.Stmt;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a function that is too large for one JVM method into pieces. HotSpot compiles no method of
 * over 8,000 bytecodes, and the class file allows none over 65,535.
 */
final class Outliner {
  /** A call of a piece, with the jumps that it may ask for. */
  private static final int CALL_BYTES = 40;

  private final int most;
  private final int least;

  /**
   * @param most estimated bytes that a method should not exceed
   */
  Outliner(int most) {
    this.most = most;
    this.least = Math.min(150, most / 4);
  }

  private record Shrunk(Stmt stmt, long bytes) {}

  Stmt shrink(Stmt body) {
    return visit(body).stmt();
  }

  private Shrunk visit(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Block b -> block(b);
      case Stmt.If i -> branches(i);
      case Stmt.Loop l -> {
        long head = CodeWeight.of(l.test()) + CodeWeight.of(l.step()) + 20;
        Shrunk body = cut(visit(l.body()), head);
        yield new Shrunk(
            new Stmt.Loop(l.test(), body.stmt(), l.step(), l.testFirst(), l.bounded(), l.pos()),
            body.bytes() + head);
      }
      case Stmt.Switch s -> {
        Shrunk body = visit(s.body());
        yield new Shrunk(
            new Stmt.Switch(s.value(), body.stmt(), s.cases(), s.pos()),
            body.bytes() + CodeWeight.of(s.value()) + 8L * s.cases().size());
      }
      default -> new Shrunk(stmt, CodeWeight.of(stmt));
    };
  }

  private Shrunk branches(Stmt.If i) {
    Shrunk yes = visit(i.yes());
    Shrunk no = i.no() == null ? new Shrunk(null, 0) : visit(i.no());
    long test = CodeWeight.of(i.test()) + 6;
    if (yes.bytes() >= no.bytes()) {
      yes = cut(yes, no.bytes() + test);
      no = cut(no, yes.bytes() + test);
    } else {
      no = cut(no, yes.bytes() + test);
      yes = cut(yes, no.bytes() + test);
    }
    return new Shrunk(
        new Stmt.If(i.test(), yes.stmt(), no.stmt(), i.pos()), yes.bytes() + no.bytes() + test);
  }

  /** Moves a statement out if together with {@code rest} it is too large. */
  private Shrunk cut(Shrunk part, long rest) {
    if (part.bytes() + rest <= most || part.bytes() < least || Jumps.hasLooseCase(part.stmt())) {
      return part;
    }
    return new Shrunk(outlined(List.of(part.stmt()), part.stmt().pos()), CALL_BYTES);
  }

  private Shrunk block(Stmt.Block b) {
    List<Shrunk> parts = new ArrayList<>();
    long total = 0;
    for (Stmt stmt : b.body()) {
      Shrunk part = visit(stmt);
      parts.add(part);
      total += part.bytes();
    }
    while (total > most) {
      List<Shrunk> grouped = group(parts);
      long now = grouped.stream().mapToLong(Shrunk::bytes).sum();
      parts = grouped;
      if (now >= total) {
        break;
      }
      total = now;
    }
    List<Stmt> body = parts.stream().map(Shrunk::stmt).toList();
    return new Shrunk(new Stmt.Block(body, b.pos()), total);
  }

  /** Moves runs of statements between labels out, each as long as a method may be. */
  private List<Shrunk> group(List<Shrunk> parts) {
    List<Shrunk> out = new ArrayList<>();
    List<Shrunk> run = new ArrayList<>();
    long bytes = 0;
    for (Shrunk part : parts) {
      boolean fixed = Jumps.hasLooseCase(part.stmt());
      if (fixed || bytes + part.bytes() > most) {
        flush(run, bytes, out);
        bytes = 0;
      }
      if (fixed) {
        out.add(part);
      } else {
        run.add(part);
        bytes += part.bytes();
      }
    }
    flush(run, bytes, out);
    return out;
  }

  private void flush(List<Shrunk> run, long bytes, List<Shrunk> out) {
    if (bytes < least) {
      out.addAll(run);
    } else {
      List<Stmt> body = run.stream().map(Shrunk::stmt).toList();
      out.add(new Shrunk(outlined(body, body.get(0).pos()), CALL_BYTES));
    }
    run.clear();
  }

  private static Stmt.Outlined outlined(List<Stmt> body, Pos pos) {
    boolean breaks = body.stream().anyMatch(Jumps::hasLooseBreak);
    boolean continues = body.stream().anyMatch(Jumps::hasLooseContinue);
    boolean returns = body.stream().anyMatch(Jumps::hasReturn);
    return new Stmt.Outlined(body, breaks, continues, returns, pos);
  }
}
