package dev.axon64.codegen.emit;

import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.SpecFile;
import java.util.ArrayList;
import java.util.List;

/**
 * What generated code was made from, as its head says it.
 *
 * @param parts what was read, by names and SHA-256
 */
public record Origin(List<SpecFile> parts) {
  public Origin {
    parts = List.copyOf(parts);
  }

  /** A dispatch spec without weights. */
  public static Origin of(DispatchSpec spec) {
    return new Origin(spec.files());
  }

  /** A dispatch spec and its weights, hashed as certificates have them. */
  public static Origin of(ForwardPlan plan) {
    DispatchSpec spec = plan.spec();
    String weights = "%d float32 of weights".formatted(spec.parameters());
    return of(spec).and(new SpecFile(weights, plan.weightsSha256()));
  }

  /** An instruction spec alone, its texts one after another. */
  public static Origin of(InstructionSet set) {
    return new Origin(List.of(new SpecFile("instruction spec", set.digest().get())));
  }

  /** These parts and those of another. */
  public Origin and(Origin other) {
    List<SpecFile> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    return new Origin(all);
  }

  private Origin and(SpecFile part) {
    return and(new Origin(List.of(part)));
  }

  /** One line for each part. */
  public List<String> lines() {
    int width = parts.stream().mapToInt(part -> part.name().length()).max().orElse(0);
    return parts.stream()
        .map(part -> ("%-" + width + "s  sha256 %s").formatted(part.name(), part.sha256()))
        .toList();
  }
}
