package dev.axon64.metal.grid;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;
import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.DeviceProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * A device that executes guests. Turns that come while others are under way join them at the next
 * launch, so that guests that are served by the host do not hold up the others. Safe for use by
 * several threads.
 */
public final class GuestDevice implements AutoCloseable {
  private final Launches launches;
  private final List<Turn> waiting = new ArrayList<>();
  private final List<SpaceImage> released = new ArrayList<>();
  private final Thread thread;
  private boolean closed;

  private GuestDevice(Launches launches) {
    this.launches = launches;
    thread = Thread.ofPlatform().daemon().name("guest-device").start(this::run);
  }

  /**
   * Builds the shader of a network, which may take a minute where it is built for the first time.
   *
   * @param device which is closed with this, or if it cannot run the shader
   */
  public static GuestDevice open(Device device, Network network) {
    try {
      InstructionSet set = InstructionSpec.a64();
      ForwardPlan plan = Lowering.lower(network);
      SourceFile source =
          InstructionBackend.named(device.language().name())
              .generate(new BackendInput(KernelPlan.of(network.spec(), set), plan))
              .getFirst();
      DeviceProgram program = device.build(source, divides(plan));
      return new GuestDevice(new Launches(device, program, GuestLayout.of(set)));
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  private static boolean divides(ForwardPlan plan) {
    return plan.liveFeatures().stream()
        .map(plan.spec().features()::get)
        .anyMatch(f -> f instanceof Feature.Scaled scaled && scaled.divisor() != 1);
  }

  /** Begins a session: engines whose memory on the device is given back when it is closed. */
  public GuestSession session() {
    return new GuestSession(this);
  }

  /** How many times the shader was launched so far. */
  public long launches() {
    return launches.count();
  }

  SpaceImage image(AddressSpace space) {
    return launches.image(space);
  }

  /**
   * Executes a guest.
   *
   * @return the turn, which has ended
   */
  Turn execute(SpaceImage image, CpuState cpu, long budget) {
    Turn turn = launches.turn(image, cpu, budget);
    submit(turn);
    turn.await();
    return turn;
  }

  private synchronized void submit(Turn turn) {
    if (closed) {
      throw new InputException("device", "it was closed while a guest ran");
    }
    waiting.add(turn);
    notifyAll();
  }

  /** Lets the memory of spaces that are no longer used be given back. */
  synchronized void release(List<SpaceImage> images) {
    released.addAll(images);
  }

  private void run() {
    List<Turn> turns = new ArrayList<>();
    while (take(turns)) {
      try {
        launches.launch(turns);
      } catch (InputException e) {
        turns.forEach(turn -> turn.fail(e));
        turns.clear();
      } catch (RuntimeException | Error e) {
        turns.forEach(turn -> turn.fail(new InputException("device", "fails: " + e, e)));
        turns.clear();
      }
    }
    turns.forEach(turn -> turn.fail(new InputException("device", "it was closed")));
    launches.close();
  }

  /** Adds the turns that wait; waits for one if there is none at all. */
  private synchronized boolean take(List<Turn> turns) {
    while (turns.isEmpty() && waiting.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        closed = true;
      }
    }
    released.forEach(SpaceImage::release);
    released.clear();
    turns.addAll(waiting);
    waiting.clear();
    return !closed;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
