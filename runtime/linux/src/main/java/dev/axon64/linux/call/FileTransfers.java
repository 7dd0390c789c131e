package dev.axon64.linux.call;

import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import java.nio.ByteBuffer;

/**
 * Moves bytes between regular files and the guest's memory: at once where that lies outside the
 * heap, else through a buffer.
 */
final class FileTransfers {
  private static final int CHUNK = 1 << 16;

  private final FileSizeLimit limit;

  /** Where the host reads and writes, at the beginning of a page, which makes it faster. */
  private ByteBuffer window;

  private byte[] bytes;

  FileTransfers(Kernel kernel) {
    this.limit = new FileSizeLimit(kernel);
  }

  /** Reads at the file's own position. */
  int read(Task task, RegularFile file, long address, int wanted) {
    int done = readAt(task, file, address, wanted, file.position());
    file.setPosition(file.position() + done);
    return done;
  }

  /** Reads at a given position; a call that fails later tells what it has read. */
  int readAt(Task task, RegularFile file, long address, int wanted, long position) {
    AddressSpace memory = task.cpu.memory;
    // More than there is would touch pages of the guest that nothing is read to.
    long there = wanted < AddressSpace.PAGE ? 0 : file.body().size() - position;
    int done = 0;
    try {
      while (done < wanted) {
        int rest = wanted - done;
        int direct = Math.clamp(there - done, 0, rest);
        ByteBuffer place = memory.adjoining(address + done, direct, true);
        int part = place.hasRemaining() ? place.remaining() : Math.min(rest, CHUNK);
        int count =
            place.hasRemaining()
                ? file.read(position + done, place)
                : readByBuffer(memory, file, address + done, part, position + done);
        done += count;
        if (count < part || done == there) {
          break;
        }
      }
    } catch (SysError | MemoryFault e) {
      if (done == 0) {
        throw e;
      }
    }
    return done;
  }

  private int readByBuffer(
      AddressSpace memory, RegularFile file, long address, int length, long position) {
    int count = file.read(position, window(length));
    window.get(0, bytes, 0, count);
    try {
      memory.write(address, bytes, 0, count);
      return count;
    } catch (MemoryFault e) {
      return before(e, address);
    }
  }

  /** Writes at the file's own position. */
  int write(Task task, RegularFile file, long address, int wanted) {
    long position = file.writePosition();
    int done = writeAt(task, file, address, wanted, position);
    if (done > 0) {
      file.setPosition(position + done);
    }
    return done;
  }

  /** Writes at a given position; a call that fails later tells what it has written. */
  int writeAt(Task task, RegularFile file, long address, int wanted, long position) {
    AddressSpace memory = task.cpu.memory;
    int done = 0;
    try {
      while (done < wanted) {
        int allowed = limit.allowed(task, file, wanted - done, position + done, done);
        if (allowed == 0) {
          break;
        }
        ByteBuffer place = memory.adjoining(address + done, allowed, false);
        int part = place.hasRemaining() ? place.remaining() : Math.min(allowed, CHUNK);
        int count =
            place.hasRemaining()
                ? file.write(position + done, place)
                : writeByBuffer(memory, file, address + done, part, position + done);
        done += count;
        if (count < part) {
          break;
        }
      }
    } catch (SysError | MemoryFault e) {
      if (done == 0) {
        throw e;
      }
    }
    return done;
  }

  private int writeByBuffer(
      AddressSpace memory, RegularFile file, long address, int length, long position) {
    ByteBuffer from = window(length);
    int count = length;
    try {
      memory.read(address, bytes, 0, length);
    } catch (MemoryFault e) {
      count = before(e, address);
    }
    return file.write(position, from.put(0, bytes, 0, count).limit(count));
  }

  /** How many bytes lie before the one that cannot be accessed; fails if that is the first. */
  private static int before(MemoryFault fault, long address) {
    if (fault.address == address) {
      throw fault;
    }
    return (int) (fault.address - address);
  }

  private ByteBuffer window(int length) {
    if (window == null) {
      window = ByteBuffer.allocateDirect(CHUNK + AddressSpace.PAGE).alignedSlice(AddressSpace.PAGE);
      bytes = new byte[CHUNK];
    }
    return window.clear().limit(length);
  }
}
