package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What rtnetlink tells of interfaces. Each answer is its type in one byte, and its body. */
final class InterfaceMessages {
  private static final int NEW_LINK = 16;
  private static final int GET_LINK = 18;
  private static final int NEW_ADDRESS = 20;
  private static final int GET_ADDRESS = 22;
  private static final int GET_ROUTE = 26;
  private static final int GET_NEIGHBOUR = 30;
  private static final int GET_RULE = 34;

  /** Bytes of a struct nlmsghdr. */
  private static final int HEADER = 16;

  private static final int LINK = 16;
  private static final int ADDRESS = 8;
  private static final int LOOPBACK_TYPE = 772;
  private static final int ETHERNET_TYPE = 1;
  private static final int PERMANENT = 0x80;
  private static final int OPERATIONAL = 6;
  private static final int QUEUE = 1000;

  private final List<Interface> interfaces;

  InterfaceMessages(boolean ofHost) {
    this.interfaces = Interface.all(ofHost);
  }

  /** The answers to a request. */
  List<byte[]> answers(int type, ByteBuffer request, boolean dump) {
    return switch (type) {
      case GET_LINK -> dump ? links(interfaces) : links(List.of(asked(request)));
      case GET_ADDRESS -> addresses(request.capacity() > HEADER ? request.get(HEADER) : 0);
      case GET_ROUTE, GET_NEIGHBOUR, GET_RULE -> {
        if (!dump) {
          throw new SysError(type == GET_ROUTE ? Errno.ENETUNREACH : Errno.EOPNOTSUPP);
        }
        yield List.of();
      }
      default -> throw new SysError(type < NEW_LINK ? Errno.EINVAL : Errno.EPERM);
    };
  }

  /** The interface that a request names by its number or its name. */
  private Interface asked(ByteBuffer request) {
    int index = request.capacity() >= HEADER + LINK ? request.getInt(HEADER + 4) : 0;
    String name = "";
    for (int at = HEADER + LINK; at + 4 <= request.capacity(); ) {
      int length = request.getShort(at) & 0xffff;
      if (length < 4 || at + length > request.capacity()) {
        break;
      }
      if (request.getShort(at + 2) == 3) { // IFLA_IFNAME
        byte[] text = new byte[length - 4];
        request.get(at + 4, text);
        name = new String(text, StandardCharsets.ISO_8859_1).replace("\0", "");
      }
      at += length + 3 & -4;
    }
    for (Interface each : interfaces) {
      if (each.index() == index || index == 0 && each.name().equals(name)) {
        return each;
      }
    }
    throw new SysError(Errno.ENODEV);
  }

  private static List<byte[]> links(List<Interface> wanted) {
    List<byte[]> all = new ArrayList<>();
    for (Interface each : wanted) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(NEW_LINK);
      ByteBuffer b = buffer(LINK);
      int type = each.isLoopback() ? LOOPBACK_TYPE : ETHERNET_TYPE;
      b.putShort(2, (short) type).putInt(4, each.index()).putInt(8, each.flags());
      out.writeBytes(b.array());
      attribute(out, 3, text(each.name())); // IFLA_IFNAME
      attribute(out, 13, number(QUEUE)); // IFLA_TXQLEN
      boolean up = (each.flags() & Interface.UP) != 0 && !each.isLoopback();
      attribute(out, 16, new byte[] {(byte) (up ? OPERATIONAL : 0)}); // IFLA_OPERSTATE
      attribute(out, 17, new byte[1]); // IFLA_LINKMODE
      attribute(out, 4, number(each.mtu())); // IFLA_MTU
      attribute(out, 27, number(0)); // IFLA_GROUP
      attribute(out, 1, each.hardware()); // IFLA_ADDRESS
      byte[] broadcast = new byte[each.hardware().length];
      Arrays.fill(broadcast, (byte) (each.isLoopback() ? 0 : -1));
      attribute(out, 2, broadcast); // IFLA_BROADCAST
      attribute(out, 6, text("noqueue")); // IFLA_QDISC
      all.add(out.toByteArray());
    }
    return all;
  }

  /** The addresses of a family; of all if that is 0. */
  private List<byte[]> addresses(int family) {
    List<byte[]> all = new ArrayList<>();
    for (int version : new int[] {SocketNumbers.AF_INET, SocketNumbers.AF_INET6}) {
      for (Interface each : interfaces) {
        for (Interface.Prefix prefix : each.addresses()) {
          boolean v4 = prefix.ip().isV4();
          boolean wanted = family == 0 || family == version;
          if (wanted && v4 == (version == SocketNumbers.AF_INET)) {
            all.add(address(each, prefix, version));
          }
        }
      }
    }
    return all;
  }

  private static byte[] address(Interface of, Interface.Prefix prefix, int family) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(NEW_ADDRESS);
    ByteBuffer b = buffer(ADDRESS);
    b.put(0, (byte) family).put(1, (byte) prefix.length()).put(2, (byte) PERMANENT);
    b.put(3, (byte) scope(prefix.ip())).putInt(4, of.index());
    out.writeBytes(b.array());
    byte[] ip = prefix.ip().bytes();
    if (family == SocketNumbers.AF_INET) {
      byte[] four = {ip[12], ip[13], ip[14], ip[15]};
      attribute(out, 1, four); // IFA_ADDRESS
      attribute(out, 2, four); // IFA_LOCAL
      attribute(out, 3, text(of.name())); // IFA_LABEL
    } else {
      attribute(out, 1, ip);
    }
    attribute(out, 8, number(PERMANENT)); // IFA_FLAGS
    attribute(out, 6, buffer(16).putInt(0, -1).putInt(4, -1).array()); // IFA_CACHEINFO
    return out.toByteArray();
  }

  /** How far an address reaches: 254 within the machine, 253 on a link, 0 everywhere. */
  private static int scope(Ip ip) {
    if (ip.isLoopback()) {
      return 254;
    }
    boolean link = !ip.isV4() && ip.high() >>> 54 == 0x3fa; // fe80::/10
    return link ? 253 : 0;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] number(int value) {
    return buffer(4).putInt(0, value).array();
  }

  private static byte[] text(String value) {
    return (value + "\0").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Adds an attribute (struct rtattr): length, type and value, to a multiple of four bytes. */
  private static void attribute(ByteArrayOutputStream out, int type, byte[] value) {
    ByteBuffer b = buffer(4 + value.length + 3 & -4);
    b.putShort(0, (short) (4 + value.length)).putShort(2, (short) type).put(4, value);
    out.writeBytes(b.array());
  }
}
