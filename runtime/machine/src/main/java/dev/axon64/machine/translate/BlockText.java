package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what a block computes, what it does in order, and with which registers it ends. */
final class BlockText {
  private BlockText() {}

  static List<String> lines(Block block) {
    List<String> lines = new ArrayList<>();
    lines.add("block %x, %d instructions".formatted(block.start(), block.count()));
    new TreeMap<>(block.definitions())
        .forEach((local, value) -> lines.add("  %" + local + " = " + NodeText.of(value)));
    block.steps().forEach(step -> lines.add("  " + step(step)));
    slots(block.slots()).forEach(line -> lines.add("  " + line));
    lines.add("  " + end(block.end()));
    return lines;
  }

  private static String step(Step step) {
    return switch (step) {
      case Step.Compute s -> "compute " + NodeText.local(s.local());
      case Step.Assign s -> String.join(", ", slots(s.slots()));
      case Step.Load s ->
          "%s = load%d(%s), else go on at %x"
              .formatted(
                  s.results().stream().map(NodeText::local).collect(Collectors.joining(", ")),
                  s.bytes() * Byte.SIZE,
                  NodeText.of(s.address()),
                  s.otherwise().pc());
      case Step.Store s ->
          "store%d(%s, %s), else go on at %x"
              .formatted(
                  s.bytes() * Byte.SIZE,
                  NodeText.of(s.address()),
                  s.values().stream().map(NodeText::of).collect(Collectors.joining(", ")),
                  s.otherwise().pc());
      case Step.Read s -> NodeText.local(s.result()) + " = read " + s.register();
      case Step.Write s -> "write " + s.register() + " = " + NodeText.of(s.value());
      case Step.Leave s ->
          "if %s go on at %x".formatted(NodeText.of(s.condition()), s.otherwise().pc());
      case Step.Call s ->
          s.condition().map(condition -> "if " + NodeText.of(condition) + " ").orElse("")
              + call(s.result(), s.function().name(), s.arguments());
      case Step.Host s -> call(s.result(), "host." + s.name(), s.arguments());
    };
  }

  private static String call(Optional<Node.Local> result, String name, List<Node> arguments) {
    return result.map(local -> NodeText.local(local) + " = ").orElse("")
        + name
        + arguments.stream().map(NodeText::of).collect(Collectors.joining(", ", "(", ")"));
  }

  private static List<String> slots(Map<Integer, Node> slots) {
    return new TreeMap<>(slots)
        .entrySet().stream()
            .map(slot -> NodeText.slot(slot.getKey()) + " = " + NodeText.of(slot.getValue()))
            .toList();
  }

  private static String end(End end) {
    return switch (end) {
      case End.Go e -> "go to %x".formatted(e.target());
      case End.Choose e ->
          "if %s go to %x, else to %x".formatted(NodeText.of(e.condition()), e.yes(), e.no());
      case End.Jump e -> "go to " + NodeText.of(e.target());
      case End.Return e -> "return to " + NodeText.of(e.target());
      case End.Call e -> "call %s, then go to %x".formatted(NodeText.of(e.target()), e.back());
      case End.Unable e -> "leave: no region can execute the instruction at %x".formatted(e.pc());
    };
  }
}
