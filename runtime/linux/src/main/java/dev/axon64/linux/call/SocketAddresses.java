package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Address;
import dev.axon64.linux.net.Endpoint;
import dev.axon64.linux.net.Ip;
import dev.axon64.linux.net.NetlinkAddress;
import dev.axon64.linux.net.UnixAddress;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Names of sockets as the guest writes them (struct sockaddr). */
final class SocketAddresses {
  private static final int MOST = 128;
  private static final int UNIX_SIZE = 110;
  private static final int PATH = 2;
  private static final int INET_SIZE = 16;
  private static final int INET6_LEAST = 24;
  private static final int INET6_SIZE = 28;
  private static final int NETLINK_SIZE = 12;

  private SocketAddresses() {}

  /** Reads the name that a call gives to a socket of a family. */
  static Address read(Task task, long address, long length, int family) {
    if ((int) length < 0 || (int) length > MOST) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] bytes = length == 0 ? new byte[0] : task.cpu.memory.read(address, (int) length);
    if (bytes.length < PATH) {
      throw new SysError(Errno.EINVAL);
    }
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int given = b.getShort(0) & 0xffff;
    return switch (family) {
      case SocketNumbers.AF_UNIX -> unix(bytes, given);
      case SocketNumbers.AF_INET -> inet(b, given);
      case SocketNumbers.AF_INET6 -> inet6(b, given);
      default -> {
        if (bytes.length < NETLINK_SIZE || given != family) {
          throw new SysError(Errno.EINVAL);
        }
        yield new NetlinkAddress(b.getInt(4), b.getInt(8));
      }
    };
  }

  private static Address unix(byte[] bytes, int given) {
    if (given == SocketNumbers.AF_UNSPEC) {
      return new Address.None();
    }
    if (given != SocketNumbers.AF_UNIX || bytes.length > UNIX_SIZE) {
      throw new SysError(Errno.EINVAL);
    }
    if (bytes.length == PATH) {
      return UnixAddress.UNNAMED;
    }
    int end = bytes.length;
    if (bytes[PATH] != 0) {
      end = PATH;
      while (end < bytes.length && bytes[end] != 0) {
        end++;
      }
    }
    return UnixAddress.of(Arrays.copyOfRange(bytes, PATH, end));
  }

  private static Address inet(ByteBuffer b, int given) {
    if (given == SocketNumbers.AF_UNSPEC) {
      return new Address.None();
    }
    if (b.capacity() < INET_SIZE) {
      throw new SysError(Errno.EINVAL);
    }
    if (given != SocketNumbers.AF_INET) {
      throw new SysError(Errno.EAFNOSUPPORT);
    }
    return new Endpoint(Ip.v4(Integer.reverseBytes(b.getInt(4))), port(b));
  }

  private static int port(ByteBuffer b) {
    return Short.reverseBytes(b.getShort(2)) & 0xffff;
  }

  private static Address inet6(ByteBuffer b, int given) {
    if (given == SocketNumbers.AF_UNSPEC) {
      return new Address.None();
    }
    if (b.capacity() < INET6_LEAST) {
      throw new SysError(Errno.EINVAL);
    }
    if (given != SocketNumbers.AF_INET6) {
      throw new SysError(Errno.EAFNOSUPPORT);
    }
    byte[] ip = new byte[16];
    b.get(8, ip);
    return new Endpoint(Ip.of(ip), port(b));
  }

  /** The bytes of a name of a socket of a family. */
  static byte[] bytes(Address address, int family) {
    return switch (address) {
      case UnixAddress unix -> unix(unix);
      case Endpoint end -> family == SocketNumbers.AF_INET ? inet(end) : inet6(end);
      case NetlinkAddress netlink -> {
        ByteBuffer b = Guest.struct(NETLINK_SIZE);
        b.putShort(0, (short) SocketNumbers.AF_NETLINK);
        yield b.putInt(4, netlink.port()).putInt(8, netlink.groups()).array();
      }
      case Address.None none -> Guest.struct(INET_SIZE).array();
    };
  }

  private static byte[] unix(UnixAddress address) {
    byte[] name = address.bytes();
    boolean isPath = name.length > 0 && name[0] != 0;
    ByteBuffer b = Guest.struct(PATH + name.length + (isPath ? 1 : 0));
    return b.putShort(0, (short) SocketNumbers.AF_UNIX).put(PATH, name).array();
  }

  private static void putPort(ByteBuffer b, int family, int port) {
    b.putShort(0, (short) family).putShort(2, Short.reverseBytes((short) port));
  }

  private static byte[] inet(Endpoint end) {
    ByteBuffer b = Guest.struct(INET_SIZE);
    putPort(b, SocketNumbers.AF_INET, end.port());
    return b.putInt(4, Integer.reverseBytes(end.ip().isV4() ? end.ip().v4() : 0)).array();
  }

  private static byte[] inet6(Endpoint end) {
    ByteBuffer b = Guest.struct(INET6_SIZE);
    putPort(b, SocketNumbers.AF_INET6, end.port());
    return b.put(8, end.ip().bytes()).array();
  }

  /**
   * Writes a name, as much of it as there is room for, and how long it is.
   *
   * @param at where it goes
   * @param lengthAt where its length goes, and where the room is told
   */
  static void write(Task task, byte[] name, long at, long lengthAt) {
    int room = (int) task.cpu.memory.load32(lengthAt);
    if (room < 0) {
      throw new SysError(Errno.EINVAL);
    }
    task.cpu.memory.write(at, name, 0, Math.min(room, name.length));
    task.cpu.memory.store32(lengthAt, name.length);
  }
}
