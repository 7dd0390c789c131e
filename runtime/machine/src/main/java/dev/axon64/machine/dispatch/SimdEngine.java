package dev.axon64.machine.dispatch;

import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The generated Vector-API forward pass. For shipped models it is the classes generated when this
 * module was built; for any other network it is generated, compiled and loaded at run time.
 */
public final class SimdEngine implements DispatchEngine {
  @Override
  public String name() {
    return "simd";
  }

  @Override
  public String description() {
    return "generated Vector-API forward pass";
  }

  @Override
  public Supplier<? extends Dispatcher> open(Network network) {
    return Arrays.stream(ShippedDispatcher.values())
        .filter(shipped -> shipped.isOf(network))
        .findFirst()
        .<Supplier<? extends Dispatcher>>map(shipped -> shipped::dispatcher)
        .orElseGet(() -> CompiledDispatcher.of(Lowering.lower(network)));
  }
}
