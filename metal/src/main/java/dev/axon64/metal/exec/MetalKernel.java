package dev.axon64.metal.exec;

import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.jit.GridShape;
import dev.axon64.metal.jit.KernelCompiler;
import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.KernelParameter;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A kernel ready to run. Immutable and safe for use by several threads. */
public final class MetalKernel {
  private static final int DEFAULT_GROUP_THREADS = 256;

  private final String fileName;
  private final String name;
  private final KernelCompiler.Compiled compiled;
  private final List<KernelBuffer> buffers;

  MetalKernel(String fileName, Function function, KernelCompiler.Compiled compiled) {
    this.fileName = fileName;
    this.name = function.name();
    this.compiled = compiled;
    List<KernelBuffer> all = new ArrayList<>();
    for (KernelParameter parameter : function.kernelParameters()) {
      if (parameter.attribute().equals("buffer")) {
        all.add(buffer(parameter));
      }
    }
    all.sort(Comparator.comparingInt(KernelBuffer::index));
    this.buffers = List.copyOf(all);
  }

  private static KernelBuffer buffer(KernelParameter parameter) {
    PointerType pointer = (PointerType) parameter.var().type();
    return new KernelBuffer(
        parameter.index(),
        parameter.var().name(),
        pointer.space().toString(),
        pointer.to().toString(),
        pointer.to().size(),
        parameter.var().isReference(),
        pointer.space() == Space.DEVICE && !pointer.readOnly());
  }

  public String name() {
    return name;
  }

  /** The buffers that it takes, by index. */
  public List<KernelBuffer> buffers() {
    return buffers;
  }

  /** True if its threads meet at barriers. Each of them then takes a thread of the JVM. */
  public boolean usesBarriers() {
    return compiled.barrier();
  }

  /**
   * Runs the kernel for each thread of the grid. Buffers are read and written in place,
   * little-endian. Threads run in any order and at once, as on a GPU.
   *
   * @throws InputException if a buffer is missing, a thread leaves its memory, or time is up; the
   *     buffers may then be partly written
   */
  public void run(GridSize grid, Map<Integer, byte[]> bytes, RunOptions options) {
    int last = buffers.isEmpty() ? -1 : buffers.getLast().index();
    byte[][] bound = new byte[last + 1][];
    for (KernelBuffer buffer : buffers) {
      byte[] given = bytes.get(buffer.index());
      if (given == null) {
        throw new InputException(name, buffer + " is not given");
      }
      bound[buffer.index()] = given;
    }
    GridSize group =
        options
            .threadgroup()
            .orElseGet(() -> GridSize.of(Math.min(grid.width(), DEFAULT_GROUP_THREADS)));
    GridShape shape =
        new GridShape(
            grid.width(),
            grid.height(),
            grid.depth(),
            (int) group.width(),
            (int) group.height(),
            (int) group.depth());
    new KernelRun(fileName, name, compiled, buffers, bound, shape, options).run();
  }
}
