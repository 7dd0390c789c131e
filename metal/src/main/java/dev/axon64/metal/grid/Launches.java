package dev.axon64.metal.grid;

import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.codegen.emit.isa.shader.ShaderKernelBackend;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;
import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.DeviceBuffer;
import dev.axon64.metal.device.DeviceProgram;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;

/**
 * Launches turns together. A launch is bounded in time, so that a display's watchdog does not end
 * it: by a number of instructions that follows what earlier launches took. Used by one thread.
 */
final class Launches implements AutoCloseable {
  private static final long LEAST = 1 << 12;
  private static final long MOST = 1 << 24;
  private static final long SHORT_NANOSECONDS = 20_000_000;
  private static final long LONG_NANOSECONDS = 100_000_000;
  private static final int FIRST_GUESTS = 64;

  private final Device device;
  private final DeviceProgram program;
  private final GuestLayout layout;
  private final Tables tables;
  private final Frames frames;
  private final Mirror records;
  private final Mirror count;
  private long slice = LEAST;
  private volatile long launches;

  Launches(Device device, DeviceProgram program, GuestLayout layout) {
    this.device = device;
    this.program = program;
    this.layout = layout;
    tables = new Tables(device);
    frames = new Frames(device);
    records = new Mirror(device, layout.size(), FIRST_GUESTS);
    count = new Mirror(device, Integer.BYTES, 1);
  }

  long count() {
    return launches;
  }

  SpaceImage image(AddressSpace space) {
    return new SpaceImage(space, tables, frames);
  }

  Turn turn(SpaceImage image, CpuState cpu, long budget) {
    return new Turn(image, cpu, budget, layout);
  }

  /** Launches once, ends turns that are over, and leaves those in the list that are not. */
  void launch(List<Turn> turns) {
    upload(turns);
    long start = System.nanoTime();
    List<DeviceBuffer> buffers =
        List.of(
            records.buffer(), tables.mirror().buffer(), frames.mirror().buffer(), count.buffer());
    program.launch(
        ShaderKernelBackend.KERNEL, turns.size(), device.info().divergentGroup(), buffers);
    device.finish();
    adapt(System.nanoTime() - start);
    launches++;
    download(turns);
    List<Turn> over = turns.stream().filter(turn -> !turn.goesOn()).toList();
    BitSet written = new BitSet();
    over.forEach(turn -> turn.image().addWritten(written));
    frames.mirror().download(written);
    over.forEach(Turn::end);
    turns.removeAll(over);
  }

  private void upload(List<Turn> turns) {
    while (records.units() < turns.size()) {
      records.grow(2 * records.units());
    }
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      turn.prepare(slice);
      records.host(i).copyFrom(MemorySegment.ofArray(turn.record()));
    }
    records.change(0, turns.size());
    count.host().set(ValueLayout.JAVA_INT, 0, turns.size());
    count.change(0, 1);
    for (Mirror mirror : List.of(records, tables.mirror(), frames.mirror(), count)) {
      mirror.upload();
    }
  }

  private void download(List<Turn> turns) {
    BitSet all = new BitSet();
    all.set(0, turns.size());
    records.download(all);
    BitSet blocks = new BitSet();
    for (int i = 0; i < turns.size(); i++) {
      MemorySegment.ofArray(turns.get(i).record()).copyFrom(records.host(i));
      turns.get(i).image().addUnits(blocks);
    }
    tables.mirror().download(blocks);
  }

  private void adapt(long nanoseconds) {
    if (nanoseconds < SHORT_NANOSECONDS) {
      slice = Math.min(MOST, 2 * slice);
    } else if (nanoseconds > LONG_NANOSECONDS) {
      slice = Math.max(LEAST, slice / 2);
    }
  }

  @Override
  public void close() {
    List.of(records, tables.mirror(), frames.mirror(), count).forEach(Mirror::close);
    program.close();
    device.close();
  }
}
