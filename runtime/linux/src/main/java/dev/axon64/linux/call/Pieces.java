package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import java.util.ArrayList;
import java.util.List;

/** Pieces of the guest's memory that are used as if they were one (struct iovec). */
final class Pieces {
  private static final int MOST = 1024;
  private static final int VECTOR = 16;

  private final AddressSpace memory;
  private final List<Piece> all;
  private final long length;

  private record Piece(long address, long length) {}

  private Pieces(AddressSpace memory, List<Piece> all) {
    this.memory = memory;
    this.all = all;
    long sum = 0;
    for (Piece piece : all) {
      sum += piece.length;
    }
    this.length = Math.min(sum, Integer.MAX_VALUE - 4095);
  }

  /** One piece. */
  static Pieces one(Task task, long address, long length) {
    long most = Long.compareUnsigned(length, Integer.MAX_VALUE) > 0 ? Integer.MAX_VALUE : length;
    return new Pieces(task.cpu.memory, List.of(new Piece(address, most)));
  }

  /**
   * The pieces of an array of struct iovec.
   *
   * @param tooMany the error number if there are more than a call takes
   */
  static Pieces of(Task task, long address, long count, int tooMany) {
    if (count < 0 || count > MOST) {
      throw new SysError(tooMany);
    }
    List<Piece> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = address + (long) i * VECTOR;
      Piece piece = new Piece(task.cpu.memory.load64(at), task.cpu.memory.load64(at + 8));
      if (piece.length < 0) {
        throw new SysError(Errno.EINVAL);
      }
      all.add(piece);
    }
    return new Pieces(task.cpu.memory, all);
  }

  /** Pieces at the same addresses of another memory. */
  Pieces in(AddressSpace other) {
    return new Pieces(other, all);
  }

  /** The number of bytes from the first one on that are mapped with this protection. */
  long accessible(int protection) {
    long sum = 0;
    for (Piece piece : all) {
      long some = memory.accessible(piece.address, piece.length, protection);
      sum += some;
      if (some < piece.length) {
        break;
      }
    }
    return sum;
  }

  /** Bytes of all together. */
  long length() {
    return length;
  }

  /** Copies bytes out of the guest's memory. */
  byte[] read(long from, int count) {
    byte[] bytes = new byte[count];
    move(from, count, (address, at, part) -> memory.read(address, bytes, at, part));
    return bytes;
  }

  /** Copies bytes to the guest's memory. */
  void write(long from, byte[] bytes) {
    move(from, bytes.length, (address, at, part) -> memory.write(address, bytes, at, part));
  }

  /** Moves a part that lies in one piece. */
  private interface Mover {
    void move(long address, int at, int count);
  }

  private void move(long from, int count, Mover mover) {
    long skip = from;
    int done = 0;
    for (Piece piece : all) {
      if (done == count) {
        return;
      }
      if (skip >= piece.length) {
        skip -= piece.length;
        continue;
      }
      int part = (int) Math.min(piece.length - skip, count - done);
      mover.move(piece.address + skip, done, part);
      done += part;
      skip = 0;
    }
  }
}
