package dev.axon64.machine.dispatch;

import dev.axon64.codegen.dispatch.MarginDispatcher;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.dispatch.generated.A64Dispatcher;
import dev.axon64.machine.dispatch.generated.Kvrm7Dispatcher;
import java.util.Arrays;
import java.util.function.Supplier;

/** The dispatchers generated when this module was built. */
public enum ShippedDispatcher {
  A64("a64", A64Dispatcher::new),
  KVRM7("kvrm7", Kvrm7Dispatcher::new);

  private final String model;
  private final Supplier<MarginDispatcher> maker;

  ShippedDispatcher(String model, Supplier<MarginDispatcher> maker) {
    this.model = model;
    this.maker = maker;
  }

  /** The shipped model's name. */
  public String model() {
    return model;
  }

  /** The shipped model. */
  public Network network() {
    return Models.shipped(model);
  }

  /** Whether it was generated from this network. */
  boolean isOf(Network network) {
    return network
        .shippedName()
        .map(model::equals)
        .orElseGet(
            () ->
                Arrays.equals(network.weights(), network().weights())
                    && network.spec().files().equals(network().spec().files()));
  }

  /** Makes a dispatcher; use one per thread. */
  public MarginDispatcher dispatcher() {
    return maker.get();
  }
}
