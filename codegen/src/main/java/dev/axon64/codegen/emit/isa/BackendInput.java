package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.emit.Origin;
import dev.axon64.codegen.isa.legal.Widths;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.support.InputException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The input of an instruction backend. Not thread-safe. */
public final class BackendInput {
  private final KernelPlan plan;
  private final List<KernelPlan> variants;
  private final Optional<ForwardPlan> network;
  private final String packageName;
  private final Map<Widths, KernelPlan> legal = new EnumMap<>(Widths.class);

  /**
   * @param plan the kernels of a model
   * @param variants models of the same instruction spec with some of these kernels, which may own
   *     more words there
   * @param network the model's network, for languages in which it becomes part of the kernels
   * @param packageName for languages that have packages
   */
  public BackendInput(
      KernelPlan plan,
      List<KernelPlan> variants,
      Optional<ForwardPlan> network,
      String packageName) {
    this.plan = plan;
    this.variants = List.copyOf(variants);
    this.network = network;
    this.packageName = packageName;
  }

  /** Takes kernels that a separate dispatcher calls. */
  public BackendInput(KernelPlan plan, String packageName) {
    this(plan, List.of(), Optional.empty(), packageName);
  }

  /** Takes kernels together with their network. */
  public BackendInput(KernelPlan plan, ForwardPlan network) {
    this(plan, List.of(), Optional.of(network), "");
  }

  /** The kernels, with their instructions as the spec has them. */
  public KernelPlan plan() {
    return plan;
  }

  /** The kernels, with their instructions legal for a target. */
  public KernelPlan plan(Widths widths) {
    return legal.computeIfAbsent(widths, plan::legal);
  }

  /** Other models' views of these kernels. */
  public List<KernelPlan> variants() {
    return variants;
  }

  /**
   * The network.
   *
   * @throws InputException if there is none
   */
  public ForwardPlan network() {
    return network.orElseThrow(
        () -> new InputException("model " + plan.model(), "is given without its network"));
  }

  /** What generated code is made from. */
  public Origin origin() {
    Origin instructions = Origin.of(plan.set());
    return network.map(lowered -> Origin.of(lowered).and(instructions)).orElse(instructions);
  }

  /** The package of the sources. */
  public String packageName() {
    return packageName;
  }
}
