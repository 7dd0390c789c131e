package dev.axon64.metal.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.DeviceBuffer;
import dev.axon64.metal.device.DeviceProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Runs a dispatch shader on a device, one thread for each word. Safe for use by several threads.
 */
public final class DeviceDispatcher implements Dispatcher, AutoCloseable {
  /** The most words of a launch. */
  private static final int MOST = 1 << 20;

  private static final int GROUP = 256;
  private static final Cleaner CLEANER = Cleaner.create();

  private final Resources resources;

  /** What is closed, apart from the dispatcher so that a cleaner can hold it. */
  private record Resources(
      Device device, DeviceProgram program, List<DeviceBuffer> buffers, Arena arena)
      implements Runnable {
    @Override
    public void run() {
      buffers.forEach(DeviceBuffer::close);
      program.close();
      device.close();
      arena.close();
    }
  }

  private final MemorySegment words;
  private final MemorySegment pcs;
  private final MemorySegment kernels;
  private final MemorySegment count;

  private DeviceDispatcher(Device device, SourceFile source, boolean divides, float[] weights) {
    Arena arena = Arena.ofShared();
    words = arena.allocate(ValueLayout.JAVA_INT, MOST);
    pcs = arena.allocate(ValueLayout.JAVA_LONG, MOST);
    kernels = arena.allocate(ValueLayout.JAVA_INT, MOST);
    count = arena.allocate(ValueLayout.JAVA_INT);
    MemorySegment flat = arena.allocateFrom(ValueLayout.JAVA_FLOAT, weights);
    List<DeviceBuffer> buffers = new ArrayList<>();
    resources = new Resources(device, device.build(source, divides), buffers, arena);
    for (MemorySegment host : List.of(flat, words, pcs, kernels, count)) {
      buffers.add(device.buffer(host.byteSize()));
    }
    buffers.getFirst().write(0, flat);
  }

  /** The shader of a network with its weights in it. It takes the device. */
  public static DeviceDispatcher baked(Device device, Network network) {
    return of(device, network, 1);
  }

  /** The shader of a network with its weights in a buffer. It takes the device. */
  public static DeviceDispatcher buffered(Device device, Network network) {
    return of(device, network, 0);
  }

  private static DeviceDispatcher of(Device device, Network network, int which) {
    ForwardPlan plan = Lowering.lower(network);
    SourceFile source =
        DispatchBackend.named(device.language().name())
            .generate(new DispatchInput(plan))
            .get(which);
    return new DeviceDispatcher(device, source, divides(plan), network.weights());
  }

  private static boolean divides(ForwardPlan plan) {
    return plan.spec().features().stream()
        .anyMatch(f -> f instanceof Feature.Scaled scaled && scaled.divisor() != 1);
  }

  /** Lets it be closed once nobody can use it. */
  void closeWhenUnused() {
    CLEANER.register(this, resources);
  }

  @Override
  public int kernel(int word, long pc) {
    int[] answer = new int[1];
    kernels(new int[] {word}, new long[] {pc}, answer, 0, 1);
    return answer[0];
  }

  @Override
  public synchronized void kernels(int[] w, long[] p, int[] answers, int from, int to) {
    Objects.checkFromToIndex(from, to, w.length);
    for (int at = from; at < to; at += MOST) {
      launch(w, p, answers, at, Math.min(MOST, to - at));
    }
  }

  private void launch(int[] w, long[] p, int[] answers, int from, int some) {
    List<DeviceBuffer> buffers = resources.buffers;
    MemorySegment.copy(w, from, words, ValueLayout.JAVA_INT, 0, some);
    MemorySegment.copy(p, from, pcs, ValueLayout.JAVA_LONG, 0, some);
    count.set(ValueLayout.JAVA_INT, 0, some);
    buffers.get(1).write(0, words.asSlice(0, (long) some * Integer.BYTES));
    buffers.get(2).write(0, pcs.asSlice(0, (long) some * Long.BYTES));
    buffers.get(4).write(0, count);
    resources.program.launch(ShaderDispatcher.KERNEL, some, GROUP, buffers);
    MemorySegment result = kernels.asSlice(0, (long) some * Integer.BYTES);
    buffers.get(3).read(0, result);
    MemorySegment.copy(result, ValueLayout.JAVA_INT, 0, answers, from, some);
  }

  @Override
  public void close() {
    resources.run();
  }
}
