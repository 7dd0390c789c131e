package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the condition flags are passed from block to block. Most are set and never read but by
 * whoever leaves the region, so a block passes the operands that they follow from, and a number
 * that says how they follow: a {@link Form}. Where a later block reads them, they are computed.
 */
final class Flags {
  /** Operands that can be passed. */
  static final int OPERANDS = 2;

  /** Forms of a region; flags that follow in yet another way are computed. */
  private static final int MOST_FORMS = 8;

  /** Nodes of a form at the most. */
  private static final int MOST_NODES = 100;

  /**
   * How flags follow from operands.
   *
   * @param flags in the order of {@link Place#FLAGS}, over {@link #operand}s
   */
  record Form(List<Node> flags) {}

  /**
   * What a block passes.
   *
   * @param form its number, from 1 on
   * @param operands each a legal value of the block, of 32 or 64 bits
   */
  record Passed(int form, List<Node> operands) {}

  private final Set<Integer> readers = new HashSet<>();
  private final Map<Form, Integer> forms = new LinkedHashMap<>();
  private final Map<Integer, Passed> passed = new HashMap<>();

  Flags(List<Block> list) {
    boolean more = true;
    while (more) {
      more = false;
      for (Block block : list) {
        if (reads(block) && readers.add(block.number())) {
          more = true;
        }
      }
    }
    for (Block block : list) {
      if (setsAll(block)
          && !calls(block)
          && block.leads().values().stream().noneMatch(readers::contains)) {
        new Finder(block).find().ifPresent(found -> passed.put(block.number(), found));
      }
    }
  }

  /** The value of an operand in a form. */
  static Node.Local operand(int width, int number) {
    return new Node.Local(width, number, "operand");
  }

  /** The forms, that of number 1 first. */
  List<Form> forms() {
    return List.copyOf(forms.keySet());
  }

  /** What a block passes instead of flags; empty if it sets none or computes them. */
  Optional<Passed> passed(Block block) {
    return Optional.ofNullable(passed.get(block.number()));
  }

  /** Whether flags are passed in any other way than as such. */
  boolean any() {
    return !passed.isEmpty();
  }

  /** The flags that a block has changed at its end. */
  static Map<Integer, Node> of(Block block) {
    Map<Integer, Node> flags = new LinkedHashMap<>(block.slots());
    flags.keySet().retainAll(Place.FLAGS);
    return flags;
  }

  private static boolean setsAll(Block block) {
    return block.slots().keySet().containsAll(Place.FLAGS);
  }

  /** Whether a block calls a function, for which all registers are written back. */
  private static boolean calls(Block block) {
    return block.end() instanceof End.Call;
  }

  /** Whether a block needs the flags as they were before it: itself, or for a later one. */
  private boolean reads(Block block) {
    if (readsItself(block)) {
      return true;
    }
    return Place.FLAGS.stream().noneMatch(block.slots()::containsKey)
        && block.leads().values().stream().anyMatch(readers::contains);
  }

  private static boolean readsItself(Block block) {
    if (!setsAll(block) && calls(block)) {
      return true;
    }
    if (!setsAll(block) && Place.FLAGS.stream().anyMatch(block.slots()::containsKey)) {
      return true;
    }
    Uses uses = new Uses(block);
    boolean partly =
        block.steps().stream().map(Step::leaves).flatMap(Optional::stream).anyMatch(Flags::partly);
    return partly
        || Place.FLAGS.stream()
            .map(Block::entry)
            .anyMatch(entry -> uses.count(entry) + uses.leaving(entry) > 0);
  }

  private static boolean partly(Step.Exit exit) {
    long set = Place.FLAGS.stream().filter(exit.flags()::containsKey).count();
    return set > 0 && set < Place.FLAGS.size();
  }

  /** Finds how a block's flags follow from few values that the flag-setting instruction read. */
  private final class Finder {
    private final Block block;
    private final Map<Node, Node.Local> operands = new LinkedHashMap<>();
    private boolean possible = true;
    private int nodes;

    Finder(Block block) {
      this.block = block;
    }

    Optional<Passed> find() {
      List<Node> flags = new ArrayList<>();
      for (int slot : Place.FLAGS) {
        flags.add(over(block.slots().get(slot)));
      }
      Form form = new Form(flags);
      if (!possible || !forms.containsKey(form) && forms.size() == MOST_FORMS) {
        return Optional.empty();
      }
      int number = forms.computeIfAbsent(form, f -> forms.size() + 1);
      return Optional.of(new Passed(number, List.copyOf(operands.keySet())));
    }

    private Node over(Node node) {
      possible &= ++nodes <= MOST_NODES;
      if (!possible) {
        return node;
      }
      return switch (node) {
        case Node.Local n -> local(n);
        case Node.Const n -> n;
        case Node.Unary n -> new Node.Unary(n.op(), n.width(), over(n.operand()));
        case Node.Binary n -> new Node.Binary(n.op(), n.width(), over(n.left()), over(n.right()));
        case Node.Extract n -> new Node.Extract(n.width(), n.low(), over(n.operand()));
        case Node.Extend n -> new Node.Extend(n.width(), n.signed(), over(n.operand()));
        case Node.Select n ->
            new Node.Select(n.width(), over(n.condition()), over(n.yes()), over(n.no()));
        case Node.Concat n -> throw foreign(n);
        case Node.Field n -> throw foreign(n);
        case Node.Word n -> throw foreign(n);
        case Node.Pc n -> throw foreign(n);
        case Node.GetX n -> throw foreign(n);
        case Node.GetV n -> throw foreign(n);
        case Node.GetState n -> throw foreign(n);
      };
    }

    private static IllegalArgumentException foreign(Node node) {
      return new IllegalArgumentException("not in a block's values: " + node);
    }

    private Node local(Node.Local local) {
      Node definition = block.definitions().get(local.id());
      return local.id() >= block.flagger() && definition != null
          ? over(definition)
          : operand(local);
    }

    private Node operand(Node.Local local) {
      Node.Local known = operands.get(local);
      if (known == null) {
        possible = local.width() > 1 && operands.size() < OPERANDS;
        known = Flags.operand(local.width(), operands.size());
        operands.put(local, known);
      }
      return known;
    }
  }
}
