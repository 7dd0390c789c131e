package dev.axon64.metal.guest;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.codegen.emit.isa.shader.MetalKernelBackend;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;
import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.MetalKernel;
import dev.axon64.metal.exec.MetalProgram;
import dev.axon64.metal.exec.RunOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The shader that emulates whole guests, one thread for each, compiled for the Metal executor. Safe
 * for use by several threads.
 */
public final class GuestShader {
  private final SourceFile source;
  private final GuestLayout layout;
  private final MetalKernel kernel;

  private GuestShader(SourceFile source, GuestLayout layout, MetalKernel kernel) {
    this.source = source;
    this.layout = layout;
    this.kernel = kernel;
  }

  /** What the executor is given, for a network and the shipped instruction spec. */
  public static SourceFile source(Network network) {
    return source(network, InstructionSpec.a64());
  }

  private static SourceFile source(Network network, InstructionSet set) {
    BackendInput input =
        new BackendInput(KernelPlan.of(network.spec(), set), Lowering.lower(network));
    return new MetalKernelBackend().generate(input).getFirst();
  }

  /** Generates and compiles, which takes seconds. */
  public static GuestShader compile(Network network) {
    InstructionSet set = InstructionSpec.a64();
    return compile(source(network, set), GuestLayout.of(set));
  }

  /** Compiles what was generated, perhaps changed since. */
  static GuestShader compile(SourceFile source, GuestLayout layout) {
    MetalProgram program = MetalProgram.compile(source.text(), source.path());
    return new GuestShader(source, layout, program.kernel(MetalKernelBackend.KERNEL));
  }

  /** The shader's text. */
  public SourceFile source() {
    return source;
  }

  /** How its buffers are laid out. */
  public GuestLayout layout() {
    return layout;
  }

  /** Runs a grid whose guests have been copied in. */
  public void run(GuestGrid grid, int guests, RunOptions options) {
    kernel.run(GridSize.of(guests), grid.buffers(), options);
  }

  /** Serves a guest's system call. */
  @FunctionalInterface
  public interface SystemCalls {
    /**
     * Serves the call in the guest's registers, the result to X0.
     *
     * @return whether the guest goes on
     */
    boolean serve(CpuState cpu);
  }

  /**
   * How a guest ended.
   *
   * @param stop {@link Stop.SystemCall} if a call ended it
   * @param executed instructions in all
   */
  public record End(Stop stop, long executed) {}

  /**
   * Runs guests together until each has ended: all that have not are launched again after their
   * system calls were served.
   *
   * @param budget the most instructions of each
   */
  public List<End> runToEnd(
      List<CpuState> cpus, SystemCalls calls, long budget, RunOptions options) {
    End[] ends = new End[cpus.size()];
    long[] executed = new long[cpus.size()];
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < ends.length; i++) {
      live.add(i);
    }
    while (!live.isEmpty()) {
      long most = live.stream().mapToLong(i -> budget - executed[i]).min().getAsLong();
      List<CpuState> running = live.stream().map(cpus::get).toList();
      GuestGrid grid = new GuestGrid(layout, running, most);
      run(grid, running.size(), options);
      List<Stop> stops = grid.copyOut();
      List<Integer> next = new ArrayList<>();
      for (int k = 0; k < stops.size(); k++) {
        int i = live.get(k);
        executed[i] += grid.executed(k);
        boolean goesOn =
            stops.get(k) instanceof Stop.SystemCall
                ? calls.serve(cpus.get(i))
                : stops.get(k) instanceof Stop.Budget;
        if (goesOn && executed[i] < budget) {
          next.add(i);
        } else {
          ends[i] = new End(goesOn ? Stop.BUDGET : stops.get(k), executed[i]);
        }
      }
      live = next;
    }
    return List.of(ends);
  }
}
