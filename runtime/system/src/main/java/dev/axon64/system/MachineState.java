package dev.axon64.system;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.system.device.State;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Snapshots: a mark, the machine's shape, the state of each part, and pages of memory that are not
 * zero, packed by gzip, whose checksum says whether a file is whole.
 */
final class MachineState {
  private static final int MARK = 0x41584d31;
  private static final int PAGE = 1 << 12;
  private static final long NO_MORE = -1;

  private final PhysicalMemory memory;
  private final List<? extends State.Of> parts;
  private final List<Integer> shape;

  /**
   * @param parts all that have a state, always in the same order
   * @param shape numbers that a snapshot's machine must share with this one
   */
  MachineState(PhysicalMemory memory, List<? extends State.Of> parts, List<Integer> shape) {
    this.memory = memory;
    this.parts = parts;
    this.shape = shape;
  }

  void save(OutputStream to) throws IOException {
    GZIPOutputStream packed = new GZIPOutputStream(to, 1 << 16);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(packed, 1 << 16));
    out.writeInt(MARK);
    out.writeInt(shape.size());
    for (int number : shape) {
      out.writeInt(number);
    }
    State state = new StateWriter(out);
    for (State.Of part : parts) {
      part.state(state);
    }
    byte[] page = new byte[PAGE];
    byte[] zeros = new byte[PAGE];
    for (long at = memory.base(); memory.contains(at); at += PAGE) {
      if (memory.isUsed(at)) {
        memory.read(at, page, 0, PAGE);
        if (!Arrays.equals(page, zeros)) {
          out.writeLong(at);
          out.write(page);
        }
      }
    }
    out.writeLong(NO_MORE);
    out.flush();
    packed.finish();
  }

  /**
   * @param where what messages call it
   * @throws InputException if it is damaged, or of a machine of another shape
   */
  void load(InputStream from, String where) {
    try (InputStream packed = new GZIPInputStream(from, 1 << 16)) {
      // Nothing is changed before the checksum was compared.
      byte[] all = packed.readAllBytes();
      load(new DataInputStream(new ByteArrayInputStream(all)), where);
    } catch (IOException | OutOfMemoryError e) {
      throw new InputException(where, "is no whole snapshot of a machine: " + e.getMessage(), e);
    }
  }

  private void load(DataInputStream in, String where) throws IOException {
    if (in.readInt() != MARK) {
      throw new IOException("it begins with other bytes");
    }
    int numbers = in.readInt();
    for (int i = 0; i < Math.max(numbers, shape.size()); i++) {
      if (numbers != shape.size() || in.readInt() != shape.get(i)) {
        throw new InputException(
            where, "is of a machine with other memory, processors, or devices; give its options");
      }
    }
    State state = new StateReader(in);
    for (State.Of part : parts) {
      part.state(state);
    }
    byte[] page = new byte[PAGE];
    byte[] zeros = new byte[PAGE];
    long next = in.readLong();
    for (long at = memory.base(); memory.contains(at); at += PAGE) {
      if (at == next) {
        in.readFully(page);
        memory.write(at, page, 0, PAGE);
        next = in.readLong();
      } else if (memory.isUsed(at)) {
        memory.write(at, zeros, 0, PAGE);
      }
    }
    if (next != NO_MORE) {
      throw new IOException("it has a page that no memory is for");
    }
  }
}
