package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import java.util.ArrayList;
import java.util.List;

/** Calls that read and write open files through several pieces of memory. */
final class VectorCalls implements CallGroup {
  private static final int MOST_VECTORS = 1024;

  private static final int RWF_HIPRI = 1;
  private static final int RWF_DSYNC = 2;
  private static final int RWF_SYNC = 4;
  private static final int RWF_NOWAIT = 8;

  /** Bytes of a struct iovec: address and length. */
  private static final long VECTOR = 16;

  private final Transfers transfers;
  private final SocketTransfers sockets;

  VectorCalls(Kernel kernel) {
    this.sockets = new SocketTransfers(kernel);
    this.transfers = new Transfers(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(
        SystemCall.READV,
        (t, a) -> vectors(t, Transfers.readable(t, a[0]), a[1], a[2], Direction.READ));
    table.bind(
        SystemCall.WRITEV,
        (t, a) -> vectors(t, Transfers.writable(t, a[0]), a[1], a[2], Direction.WRITE));
    table.bind(SystemCall.PREADV, this::readAt);
    table.bind(SystemCall.PWRITEV, this::writeAt);
    table.bind(SystemCall.PREADV2, this::read2);
    table.bind(SystemCall.PWRITEV2, this::write2);
  }

  /** Reads at the file's own position. */
  long read(Task task, OpenFile file, long address, long count) {
    return vectors(task, file, address, count, Direction.READ);
  }

  /** Writes at the file's own position. */
  long write(Task task, OpenFile file, long address, long count) {
    return vectors(task, file, address, count, Direction.WRITE);
  }

  private enum Direction {
    READ,
    WRITE
  }

  /** A piece of memory (struct iovec). */
  private record Vector(long address, long length) {
    static Vector of(Task task, long vectors, long index) {
      long at = vectors + VECTOR * index;
      return new Vector(task.cpu.memory.load64(at), task.cpu.memory.load64(at + 8));
    }

    /** All pieces; fails with EINVAL if one of them makes no sense, before any is used. */
    static List<Vector> all(Task task, long vectors, long count) {
      checkCount(count);
      List<Vector> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(of(task, vectors, i));
        if (all.getLast().length < 0) {
          throw new SysError(Errno.EINVAL);
        }
        Guest.checkUsers(all.getLast().address, all.getLast().length);
      }
      return all;
    }

    Vector from(long offset) {
      return new Vector(address + offset, length - offset);
    }
  }

  /** How many bytes of all vectors a parked writev has written. */
  private record VectorProgress(long done) implements Wait.Part {}

  private static int written(Task task) {
    return task.wait != null && task.wait.note() instanceof VectorProgress progress
        ? (int) progress.done
        : 0;
  }

  private static void checkCount(long count) {
    if (count < 0 || count > MOST_VECTORS) {
      throw new SysError(Errno.EINVAL);
    }
  }

  /** Transfers the vectors one after another at the file's own position, until one is short. */
  private long vectors(Task task, OpenFile file, long vectors, long count, Direction direction) {
    if (file instanceof Socket socket) {
      Pieces pieces = Pieces.of(task, vectors, count, Errno.EINVAL);
      return direction == Direction.READ
          ? sockets.read(task, socket, pieces)
          : sockets.write(task, socket, pieces);
    }
    int before = written(task);
    int done = 0;
    for (Vector each : Vector.all(task, vectors, count)) {
      Vector vector = each;
      if (done + vector.length <= before) {
        done += (int) vector.length;
        continue;
      }
      if (done < before) {
        vector = vector.from(before - done);
        done = before;
      }
      if (direction == Direction.READ && done > 0 && !file.canRead()) {
        break;
      }
      int moved;
      try {
        moved = move(task, file, vector, direction);
      } catch (SysError e) {
        if (done == 0 || e.errno == Errno.EPIPE) {
          throw e;
        }
        break; // the call tells what was transferred, and the next one fails
      } catch (Wait.Parked parked) {
        throw parked(task, parked, done);
      }
      done += moved;
      if (moved < vector.length) {
        break;
      }
    }
    return done;
  }

  private int move(Task task, OpenFile file, Vector vector, Direction direction) {
    if (vector.length == 0) {
      return 0;
    }
    return switch (direction) {
      case READ -> transfers.read(task, file, vector.address, vector.length);
      case WRITE -> transfers.write(task, file, vector.address, vector.length);
    };
  }

  /** A write that waits within a vector goes on behind what all vectors have written so far. */
  private static Wait.Parked parked(Task task, Wait.Parked parked, int before) {
    Wait wait = task.wait;
    long within = wait.note() instanceof Transfers.Progress progress ? progress.done() : 0;
    long done = before + within;
    task.wait =
        new Wait(
            wait.ready(),
            wait.deadline(),
            done == 0,
            wait.interrupted(),
            new VectorProgress(done),
            wait.watch());
    return parked;
  }

  private static void checkPosition(long position) {
    if (position < 0) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private long readAt(Task task, long[] a) {
    checkPosition(a[3]);
    OpenFile file = Transfers.readable(task, a[0]);
    return vectorsAt(
        task,
        a[1],
        a[2],
        (v, done) -> transfers.readAt(task, file, v.address, v.length, a[3] + done));
  }

  private long writeAt(Task task, long[] a) {
    checkPosition(a[3]);
    OpenFile file = Transfers.writable(task, a[0]);
    return vectorsAt(
        task,
        a[1],
        a[2],
        (v, done) -> transfers.writeAt(task, file, v.address, v.length, a[3] + done));
  }

  /** Reads with flags; without a position if that is -1. */
  private long read2(Task task, long[] a) {
    boolean now = flags(a[5]);
    OpenFile file = Transfers.readable(task, a[0]);
    if (now && !file.canRead()) {
      throw new SysError(Errno.EAGAIN);
    }
    return a[3] == -1 ? vectors(task, file, a[1], a[2], Direction.READ) : readAt(task, a);
  }

  /** Writes with flags; without a position if that is -1. */
  private long write2(Task task, long[] a) {
    boolean now = flags(a[5]);
    OpenFile file = Transfers.writable(task, a[0]);
    if (now && !file.canWrite(1)) {
      throw new SysError(Errno.EAGAIN);
    }
    return a[3] == -1 ? vectors(task, file, a[1], a[2], Direction.WRITE) : writeAt(task, a);
  }

  /** Whether the flags say not to wait; those about disks are always kept. */
  private static boolean flags(long flags) {
    if ((flags & ~(RWF_HIPRI | RWF_DSYNC | RWF_SYNC | RWF_NOWAIT)) != 0) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    return (flags & RWF_NOWAIT) != 0;
  }

  /** Transfers one vector. */
  private interface Mover {
    /**
     * Moves the bytes.
     *
     * @param done bytes of the vectors before
     * @return how many bytes were moved
     */
    long move(Vector vector, long done);
  }

  /** Transfers the vectors one after another at a given position, until one is short. */
  private static long vectorsAt(Task task, long vectors, long count, Mover mover) {
    long done = 0;
    for (Vector vector : Vector.all(task, vectors, count)) {
      long moved = mover.move(vector, done);
      done += moved;
      if (moved < vector.length) {
        break;
      }
    }
    return done;
  }
}
