package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Calls about how sockets are set. */
final class OptionCalls implements CallGroup {
  private static final int TIMEVAL = 16;
  private static final int LINGER = 8;
  private static final int MOST = 256;
  private static final long NANOSECONDS = 1_000_000_000L;

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.GETSOCKOPT, this::get);
    table.bind(SystemCall.SETSOCKOPT, this::set);
  }

  private long get(Task task, long[] a) {
    Socket socket = Sockets.of(task, a[0]);
    int room = (int) task.cpu.memory.load32(a[4]);
    if (room < 0) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] value = value(task, socket, (int) a[1], (int) a[2]);
    int count = Math.min(room, value.length);
    task.cpu.memory.write(a[3], Arrays.copyOf(value, count));
    task.cpu.memory.store32(a[4], count);
    return 0;
  }

  private static byte[] value(Task task, Socket socket, int level, int name) {
    if (level != SocketNumbers.SOL_SOCKET) {
      int value = ProtocolOptions.get(socket, level, name);
      return level == SocketNumbers.SOL_TCP ? TcpDetails.value(socket, name, value) : number(value);
    }
    return switch (name) {
      case SocketNumbers.SO_RCVTIMEO -> time(socket.options().receiveTimeout);
      case SocketNumbers.SO_SNDTIMEO -> time(socket.options().sendTimeout);
      case SocketNumbers.SO_LINGER -> {
        ByteBuffer b = Guest.struct(LINGER);
        b.putInt(0, socket.options().lingers ? 1 : 0).putInt(4, socket.options().lingerSeconds);
        yield b.array();
      }
      case SocketNumbers.SO_PEERCRED -> SocketLevel.peer(socket);
      case SocketNumbers.SO_BINDTODEVICE -> new byte[0];
      default -> number(SocketLevel.get(socket, name));
    };
  }

  static byte[] number(int value) {
    return Guest.struct(Integer.BYTES).putInt(0, value).array();
  }

  private static byte[] time(long nanoseconds) {
    ByteBuffer b = Guest.struct(TIMEVAL);
    b.putLong(0, nanoseconds / NANOSECONDS).putLong(8, nanoseconds % NANOSECONDS / 1000);
    return b.array();
  }

  private long set(Task task, long[] a) {
    Socket socket = Sockets.of(task, a[0]);
    int level = (int) a[1];
    int name = (int) a[2];
    int length = (int) a[4];
    if (length < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (level == SocketNumbers.SOL_SOCKET && name == SocketNumbers.SO_BINDTODEVICE) {
      bindToDevice(task, a[3], length);
      return 0;
    }
    if (level != SocketNumbers.SOL_SOCKET) {
      byte[] value = task.cpu.memory.read(a[3], Math.min(length, MOST));
      ProtocolOptions.set(socket, level, name, value);
      return 0;
    }
    if (length < Integer.BYTES) {
      throw new SysError(Errno.EINVAL);
    }
    int value = (int) task.cpu.memory.load32(a[3]);
    switch (name) {
      case SocketNumbers.SO_RCVTIMEO ->
          socket.options().receiveTimeout = timeout(task, a[3], length);
      case SocketNumbers.SO_SNDTIMEO -> socket.options().sendTimeout = timeout(task, a[3], length);
      case SocketNumbers.SO_LINGER -> {
        if (length < LINGER) {
          throw new SysError(Errno.EINVAL);
        }
        socket.options().lingers = value != 0;
        if (value != 0) {
          socket.options().lingerSeconds = (int) task.cpu.memory.load32(a[3] + 4);
        }
      }
      default -> SocketLevel.set(task, socket, name, value);
    }
    return 0;
  }

  /** Accepts the one interface that there is, or none. */
  private static void bindToDevice(Task task, long address, int length) {
    byte[] name = task.cpu.memory.read(address, Math.min(length, 16));
    boolean none = name.length == 0 || name[0] == 0;
    boolean lo = name.length >= 2 && name[0] == 'l' && name[1] == 'o';
    if (!none && !lo) {
      throw new SysError(Errno.ENODEV);
    }
  }

  private static long timeout(Task task, long address, int length) {
    if (length < TIMEVAL) {
      throw new SysError(Errno.EINVAL);
    }
    long seconds = task.cpu.memory.load64(address);
    long micros = task.cpu.memory.load64(address + 8);
    if (micros < 0 || micros >= 1_000_000) {
      throw new SysError(Errno.EDOM);
    }
    if (seconds < 0) {
      return 1; // what is over at once
    }
    return Math.min(seconds, Long.MAX_VALUE / NANOSECONDS / 4) * NANOSECONDS + micros * 1000;
  }
}
