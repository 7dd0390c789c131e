package dev.axon64.weights.extend;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.DispatchSpecParser;
import dev.axon64.codegen.network.spec.EncodingGroup;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.Source;
import dev.axon64.codegen.network.spec.TensorSlot;
import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A dispatch spec with one more kernel. The new kernel's encoding group is what its instructions
 * have in common of the bits that select the embedding's row, and it stands before the last group,
 * so that it takes words from that one alone: from the reserved encodings.
 */
final class ExtendedSpec {
  private final DispatchSpec base;
  private final String kernel;
  private final String group;

  private ExtendedSpec(DispatchSpec base, String kernel) {
    this.base = base;
    this.kernel = kernel;
    this.group = kernel.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The text of the extended spec, which {@link #parse} reads.
   *
   * @param set with the new kernel's instructions
   * @throws InputException if the kernel is not new, or has no instruction, or none that the
   *     network can tell from all others
   */
  static String text(DispatchSpec base, InstructionSet set, String kernel) {
    if (base.kernels().contains(kernel)) {
      throw new InputException(
          "kernel " + kernel, "is one of %s's already; name a new one".formatted(base.name()));
    }
    return new ExtendedSpec(base, kernel).text(words(base, set, kernel));
  }

  static DispatchSpec parse(String file, String text) {
    return DispatchSpecParser.parse(
        file,
        text.getBytes(StandardCharsets.UTF_8),
        name -> {
          throw new InputException(name, "is not included by an extended spec");
        });
  }

  private static Cube words(DispatchSpec base, InstructionSet set, String kernel) {
    List<Cube> cubes =
        set.instructions().stream()
            .filter(instruction -> instruction.kernel().equals(kernel))
            .map(Instruction::cubes)
            .flatMap(List::stream)
            .toList();
    if (cubes.isEmpty()) {
      throw new InputException(
          "kernel " + kernel,
          "has no instruction; give the .isa file one, as 'instruction NAME %s { ... }'"
              .formatted(kernel));
    }
    int index =
        base.index().source() == Source.WORD ? base.index().mask() << base.index().low() : 0;
    int mask = cubes.stream().mapToInt(Cube::mask).reduce(index, (a, b) -> a & b);
    int first = cubes.get(0).value();
    for (Cube cube : cubes) {
      mask &= ~(cube.value() ^ first);
    }
    Cube words = new Cube(mask, first & mask);
    if (mask == 0) {
      throw new InputException(
          "kernel " + kernel,
          "its instructions have none of the bits %s in common; fix some of them in bits"
              .formatted(base.index()));
    }
    List<EncodingGroup> groups = base.groups();
    for (EncodingGroup taken : groups.subList(0, groups.size() - 1)) {
      if ((words.mask() & taken.mask()) == taken.mask() && taken.matches(words.value())) {
        throw new InputException(
            "kernel " + kernel,
            "its instructions lie in the group '%s', which belongs to %s; move them to reserved ones"
                .formatted(taken.name(), base.kernels().get(taken.kernel())));
      }
    }
    return words;
  }

  private String text(Cube words) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# The model %s with the kernel %s; the grammar is in that spec's header."
            .formatted(base.name(), kernel));
    lines.add("model %s-%s".formatted(base.name(), group));
    List<EncodingGroup> groups = base.groups();
    int last = groups.size() - 1;
    groups.subList(0, last).forEach(g -> lines.add(group(g.name(), g.mask(), g.value())));
    lines.add(group(group, words.mask(), words.value()));
    lines.add(group(groups.get(last).name(), groups.get(last).mask(), groups.get(last).value()));
    lines.add("index " + base.index());
    lines.add("embedding " + base.embeddingWidth());
    for (Feature feature : base.features()) {
      lines.add("feature " + feature);
    }
    int scores = base.layers().size() - 1;
    for (int l = 0; l <= scores; l++) {
      LayerSpec layer = base.layers().get(l);
      int outputs = layer.outputs() + (l == scores ? 1 : 0);
      String activation = layer.activation().name().toLowerCase(Locale.ROOT);
      lines.add("layer %s %d %s".formatted(layer.name(), outputs, activation));
    }
    lines.add(decide());
    kernels(lines);
    tensors(lines, base.layers().get(scores));
    return String.join("\n", lines) + "\n";
  }

  private static String group(String name, int mask, int value) {
    String pattern =
        IntStream.range(0, 32)
            .map(i -> 31 - i)
            .mapToObj(b -> (mask >>> b & 1) == 0 ? "." : "" + (value >>> b & 1))
            .collect(Collectors.joining());
    return "group %s %s".formatted(name, pattern.replaceAll("(.{4})(?!$)", "$1 "));
  }

  private String decide() {
    float floor = base.decision().floor();
    return "decide argmax ties "
        + (base.decision().lowestWins() ? "lowest" : "highest")
        + (Float.isFinite(floor) ? " above " + floor : "");
  }

  private void kernels(List<String> lines) {
    for (int k = 0; k < base.kernels().size(); k++) {
      int number = k;
      String served =
          base.groups().stream()
              .filter(g -> g.kernel() == number)
              .map(EncodingGroup::name)
              .collect(Collectors.joining(" "));
      lines.add("kernel %d %s %s".formatted(k, base.kernels().get(k), served));
    }
    lines.add("kernel %d %s %s".formatted(base.kernels().size(), kernel, group));
  }

  private void tensors(List<String> lines, LayerSpec scores) {
    int offset = 0;
    for (TensorSlot slot : base.tensors()) {
      List<Integer> shape = new ArrayList<>(slot.shape());
      if (slot.name().equals(scores.name() + ".weight")
          || slot.name().equals(scores.name() + ".bias")) {
        shape.set(0, shape.get(0) + 1);
      }
      TensorSlot grown = new TensorSlot(slot.name(), shape, offset);
      lines.add("tensor %s %s @ %d".formatted(slot.name(), grown.shapeText(), offset));
      offset = grown.end();
    }
  }
}
