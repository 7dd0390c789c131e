package dev.axon64.weights.train;

import dev.axon64.weights.data.BorderCases;
import dev.axon64.weights.data.DecisionDomain;
import java.util.List;

/**
 * Takes features, units and terms out of a network one by one, the one that hurts least first. What
 * hurts is measured at the borders between kernels.
 */
final class Pruning {
  private final TrainState state;
  private final DecisionDomain cases;
  private DomainCheck.Blocks border;

  /** What can be taken out of the network as it is, in order; null if that is not known. */
  private List<Integer> removals;

  Pruning(TrainState state, DecisionDomain cases) {
    this.state = state;
    this.cases = cases;
  }

  /**
   * Takes the next part out, of those that were not kept; the state's backup is the network with
   * it.
   *
   * @return whether there was one
   */
  boolean next() {
    if (removals == null) {
      removals = Removals.byHarm(state.net, border(), state.margin);
    }
    state.removal = removals.stream().filter(r -> !state.kept.get(r)).findFirst().orElse(-1);
    if (state.removal < 0) {
      return false;
    }
    state.backup = state.net.copy();
    Removals.apply(state.net, state.removal);
    return true;
  }

  private DomainCheck.Blocks border() {
    if (border == null) {
      border = DomainCheck.Blocks.of(BorderCases.of(cases));
    }
    return border;
  }

  /** What was taken out stays out; so does what nothing depends on any more. */
  void accept() {
    Sparsity.tidy(state.net);
    removals = null;
  }

  /** What was taken out last is kept, and is not tried again. */
  void keep() {
    state.kept.set(state.removal);
  }
}
