package dev.axon64.bench.gpu;

import dev.axon64.bench.BenchInputs;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.GuestPool;
import dev.axon64.machine.state.CpuState;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.engine.DeviceDispatcher;
import dev.axon64.metal.grid.GuestDevice;
import dev.axon64.metal.grid.GuestSession;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Measures one device, or what stands beside them: generated Java and lanes on all cores. */
public final class DeviceRun {
  private static final int SAMPLE = BenchInputs.SAMPLE;

  private final Network network;
  private final int rounds;

  /**
   * @param rounds of which the median is taken, after one that is not counted
   */
  public DeviceRun(Network network, int rounds) {
    this.network = network;
    this.rounds = rounds;
  }

  /**
   * Words a second of the shader with its weights in it, copies to and from the device included.
   */
  public double dispatch(DeviceInfo device) {
    try (DeviceDispatcher dispatcher = DeviceDispatcher.baked(device.open(), network)) {
      return dispatch(dispatcher);
    }
  }

  /** Words a second of the generated Java, on one core. */
  public double dispatchByJava() {
    return dispatch(ShippedDispatcher.A64.dispatcher());
  }

  private double dispatch(Dispatcher dispatcher) {
    int[] words =
        new BenchInputs(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
            .words("random");
    long[] addresses = BenchInputs.addresses();
    int[] kernels = new int[SAMPLE];
    return SAMPLE
        * 1e9
        / median(
            () -> {
              long start = System.nanoTime();
              dispatcher.kernels(words, addresses, kernels, 0, SAMPLE);
              return System.nanoTime() - start;
            });
  }

  /** Instructions a second of all guests in sum, each of which executes so many in a round. */
  public double guests(DeviceInfo device, GuestLoad load, long instructions) {
    try (GuestDevice opened = GuestDevice.open(device.open(), network)) {
      return guests(
          load,
          instructions,
          new GuestLoad.Seats() {
            @Override
            public int count() {
              return load.guests();
            }

            @Override
            public void with(Consumer<Supplier<Engine>> work) {
              try (GuestSession session = opened.session()) {
                work.accept(session::engine);
              }
            }
          });
    }
  }

  /** The same in lanes on all cores. */
  public double guestsByLanes(GuestLoad load, long instructions) {
    try (GuestPool pool = EngineKinds.named("lanes").pool(network, Engines.Policy.PAGE)) {
      return guests(
          load,
          instructions,
          new GuestLoad.Seats() {
            @Override
            public int count() {
              return pool.seats();
            }

            @Override
            public void with(Consumer<Supplier<Engine>> work) {
              try (GuestPool.Seat seat = pool.seat()) {
                work.accept(seat.engines());
              }
            }
          });
    }
  }

  private double guests(GuestLoad load, long instructions, GuestLoad.Seats seats) {
    List<CpuState> guests = load.start();
    double took = median(() -> GuestLoad.run(guests, seats, instructions));
    return load.guests() * instructions * 1e9 / took;
  }

  private double median(Supplier<Long> round) {
    round.get();
    long[] times = new long[rounds];
    Arrays.setAll(times, i -> round.get());
    Arrays.sort(times);
    return times[rounds / 2];
  }
}
