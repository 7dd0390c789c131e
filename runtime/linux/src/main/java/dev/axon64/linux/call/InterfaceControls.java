package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Endpoint;
import dev.axon64.linux.net.Interface;
import dev.axon64.linux.net.Ip;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What ioctl tells of interfaces through any socket (netdevice(7)). */
final class InterfaceControls {
  private static final int SIOCGIFNAME = 0x8910;
  private static final int SIOCGIFCONF = 0x8912;
  private static final int SIOCGIFFLAGS = 0x8913;
  private static final int SIOCGIFADDR = 0x8915;
  private static final int SIOCGIFBRDADDR = 0x8919;
  private static final int SIOCGIFNETMASK = 0x891b;
  private static final int SIOCGIFMETRIC = 0x891d;
  private static final int SIOCGIFMTU = 0x8921;
  private static final int SIOCGIFHWADDR = 0x8927;
  private static final int SIOCGIFINDEX = 0x8933;
  private static final int SIOCGIFTXQLEN = 0x8942;
  private static final int FIRST = 0x8900;
  private static final int LAST = 0x89ff;

  /** Bytes of a struct ifreq: a name, and a union. */
  private static final int REQUEST = 40;

  private static final int NAME = 16;
  private static final int LOOPBACK_TYPE = 772;

  private InterfaceControls() {}

  /** Whether a request is one of sockets. */
  static boolean handles(int request) {
    return request >= FIRST && request <= LAST;
  }

  /** Answers a request. */
  static void answer(Task task, boolean ofHost, int request, long address) {
    List<Interface> all = Interface.all(ofHost);
    if (request == SIOCGIFCONF) {
      list(task, all, address);
      return;
    }
    ByteBuffer b = Guest.struct(task, address, REQUEST);
    if (request == SIOCGIFNAME) {
      Interface named = find(all, b.getInt(NAME), "");
      b.put(0, new byte[NAME]).put(0, text(named.name()));
    } else {
      byte[] name = new byte[NAME];
      b.get(0, name);
      String text = new String(name, StandardCharsets.ISO_8859_1);
      int end = text.indexOf('\0');
      put(b, request, find(all, 0, end < 0 ? text : text.substring(0, end)));
    }
    Guest.write(task, address, b);
  }

  private static byte[] text(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Interface find(List<Interface> all, int index, String name) {
    for (Interface each : all) {
      if (each.index() == index || each.name().equals(name)) {
        return each;
      }
    }
    throw new SysError(Errno.ENODEV);
  }

  private static void put(ByteBuffer b, int request, Interface of) {
    b.put(NAME, new byte[REQUEST - NAME]);
    switch (request) {
      case SIOCGIFFLAGS -> b.putShort(NAME, (short) of.flags());
      case SIOCGIFADDR -> putAddress(b, NAME, prefix(of).ip().v4());
      case SIOCGIFBRDADDR -> putAddress(b, NAME, of.isLoopback() ? 0 : broadcast(of));
      case SIOCGIFNETMASK -> putAddress(b, NAME, mask(of));
      case SIOCGIFMTU -> b.putInt(NAME, of.mtu());
      case SIOCGIFMETRIC -> b.putInt(NAME, 0);
      case SIOCGIFTXQLEN -> b.putInt(NAME, 1000);
      case SIOCGIFINDEX -> b.putInt(NAME, of.index());
      case SIOCGIFHWADDR -> {
        b.putShort(NAME, (short) (of.isLoopback() ? LOOPBACK_TYPE : 1));
        b.put(NAME + 2, of.hardware(), 0, Math.min(14, of.hardware().length));
      }
      default -> throw new SysError(Errno.ENOTTY);
    }
  }

  private static Interface.Prefix prefix(Interface of) {
    for (Interface.Prefix each : of.addresses()) {
      if (each.ip().isV4()) {
        return each;
      }
    }
    throw new SysError(Errno.EADDRNOTAVAIL);
  }

  private static int mask(Interface of) {
    int length = prefix(of).length();
    return length == 0 ? 0 : -1 << 32 - length;
  }

  private static int broadcast(Interface of) {
    return prefix(of).ip().v4() | ~mask(of);
  }

  private static void putAddress(ByteBuffer b, int at, int ip) {
    byte[] address = SocketAddresses.bytes(endpoint(ip), SocketNumbers.AF_INET);
    b.put(at, address);
  }

  private static Endpoint endpoint(int ip) {
    return new Endpoint(Ip.v4(ip), 0);
  }

  /** Lists the interfaces that have an address of version 4 (struct ifconf). */
  private static void list(Task task, List<Interface> all, long address) {
    ByteBuffer given = Guest.struct(task, address, 16);
    long to = given.getLong(8);
    int room = given.getInt(0);
    int done = 0;
    for (Interface each : all) {
      boolean has = each.addresses().stream().anyMatch(p -> p.ip().isV4());
      if (has && (to == 0 || done + REQUEST <= room)) {
        if (to != 0) {
          ByteBuffer b = Guest.struct(REQUEST);
          b.put(0, text(each.name()));
          putAddress(b, NAME, prefix(each).ip().v4());
          Guest.write(task, to + done, b);
        }
        done += REQUEST;
      }
    }
    task.cpu.memory.store32(address, done);
  }
}
