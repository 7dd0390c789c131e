package dev.axon64.codegen.emit.dispatch;

import dev.axon64.codegen.network.ForwardPlan;
import java.util.Optional;

/**
 * The input of a dispatch backend.
 *
 * @param plan the forward pass
 * @param model the network's name, after which files are named
 * @param packageName for languages that have packages; may be empty
 * @param className of the dispatcher, for languages that have classes; by default after the model
 * @param implemented an interface whose methods the class provides, by its fully qualified name
 */
public record DispatchInput(
    ForwardPlan plan,
    String model,
    String packageName,
    Optional<String> className,
    Optional<String> implemented) {
  /** Names the output after the plan's own model, in no package. */
  public DispatchInput(ForwardPlan plan) {
    this(plan, plan.spec().name(), "", Optional.empty(), Optional.empty());
  }
}
