package dev.axon64.codegen.network.spec;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensor statements of a spec. */
final class TensorSlots {
  private record Slot(Line line, TensorSlot slot) {}

  private final List<Slot> slots = new ArrayList<>();

  /** Adds a statement, and returns how many there are now. */
  int add(Line line) {
    List<String> words = line.arguments("tensor NAME SHAPE @ OFFSET", 4);
    String name = words.get(0);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,63}") || !words.get(2).equals("@")) {
      throw line.error("expected 'tensor NAME SHAPE @ OFFSET', such as 'tensor fc1.bias 32 @ 96'");
    }
    List<Integer> shape =
        Arrays.stream(words.get(1).split("x", -1))
            .map(extent -> line.number(extent, "an extent", 1, 1 << 16))
            .toList();
    if (shape.size() > 2) {
      throw line.error("shape '" + words.get(1) + "' has over two extents");
    }
    int offset = line.number(words.get(3), "the offset", 0, 1 << 24);
    slots.add(new Slot(line, new TensorSlot(name, shape, offset)));
    return slots.size();
  }

  /** All slots, in the order of the spec. */
  List<TensorSlot> all() {
    return slots.stream().map(Slot::slot).toList();
  }

  /** Checks that the slots follow each other and are those that the embedding and layers need. */
  void check(String where, BitField index, int embedding, List<LayerSpec> chain) {
    Map<String, List<Integer>> needed = new LinkedHashMap<>();
    needed.put(DispatchSpec.EMBEDDING, List.of(index.mask() + 1, embedding));
    for (LayerSpec layer : chain) {
      needed.put(layer.name() + ".weight", List.of(layer.outputs(), layer.inputs()));
      needed.put(layer.name() + ".bias", List.of(layer.outputs()));
    }
    int offset = 0;
    for (Slot at : slots) {
      TensorSlot slot = at.slot;
      List<Integer> shape = needed.remove(slot.name());
      if (shape == null) {
        throw at.line.error("tensor '" + slot.name() + "' is a second one or belongs to no layer");
      }
      if (!shape.equals(slot.shape())) {
        String right = new TensorSlot("", shape, 0).shapeText();
        throw at.line.error(
            "tensor '" + slot.name() + "' is " + slot.shapeText() + "; its layer needs " + right);
      }
      if (slot.offset() != offset) {
        throw at.line.error(
            "tensor '"
                + slot.name()
                + "' is at "
                + slot.offset()
                + "; the one before ends at "
                + offset);
      }
      offset = slot.end();
    }
    if (!needed.isEmpty()) {
      String missing = needed.keySet().iterator().next();
      throw new InputException(where, "has no 'tensor " + missing + "' statement; add one");
    }
  }
}
