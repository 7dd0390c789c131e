package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Function;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The functions that a kernel reaches, each after all that call it. */
final class CallOrder {
  private final List<Function> finished = new ArrayList<>();
  private final Set<Function> done = new HashSet<>();
  private final Set<Function> open = new HashSet<>();

  private CallOrder() {}

  static List<Function> callersFirst(Function kernel) {
    CallOrder order = new CallOrder();
    order.visit(kernel);
    Collections.reverse(order.finished);
    return order.finished;
  }

  private void visit(Function function) {
    if (done.contains(function)) {
      return;
    }
    if (!open.add(function)) {
      throw function.pos().error("'" + function.name() + "' calls itself; Metal has no recursion");
    }
    function.calls().forEach(this::visit);
    done.add(function);
    finished.add(function);
  }
}
