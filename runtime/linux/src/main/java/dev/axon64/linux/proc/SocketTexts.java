package dev.axon64.linux.proc;

import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Address;
import dev.axon64.linux.net.Endpoint;
import dev.axon64.linux.net.Interface;
import dev.axon64.linux.net.Ip;
import dev.axon64.linux.net.Network;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.net.TcpState;
import dev.axon64.linux.net.UnixAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The texts of /proc/net, which tell about sockets and interfaces (proc_pid_net(5)). */
final class SocketTexts {
  /** Columns of a line about a stream and about messages of version 4. */
  private static final int STREAM_WIDTH = 149;

  private static final int MESSAGE_WIDTH = 127;

  private static final String COLUMNS =
      "st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
  private static final String V4 = "local_address rem_address   ";
  private static final String MORE = " ref pointer drops";
  private static final String V6 =
      "local_address                         remote_address                        ";

  /** Where a kernel's own address of a socket would stand. */
  private static final String HIDDEN = "0000000000000000";

  private static final int ACCEPTS = 0x10000;

  private final Network network;

  SocketTexts(Network network) {
    this.network = network;
  }

  /** All of them, by name. */
  Map<String, Supplier<String>> all() {
    Map<String, Supplier<String>> all = new TreeMap<>();
    all.put("tcp", () -> streams(SocketNumbers.AF_INET, "  sl  " + V4 + COLUMNS));
    all.put("tcp6", () -> streams(SocketNumbers.AF_INET6, "  sl  " + V6 + COLUMNS));
    all.put("udp", () -> messages(SocketNumbers.AF_INET, SocketNumbers.SOL_UDP));
    all.put("udp6", () -> messages(SocketNumbers.AF_INET6, SocketNumbers.SOL_UDP));
    all.put("udplite", () -> messages(SocketNumbers.AF_INET, SocketNumbers.SOL_UDPLITE));
    all.put("udplite6", () -> messages(SocketNumbers.AF_INET6, SocketNumbers.SOL_UDPLITE));
    all.put("raw", () -> "  sl  " + V4 + COLUMNS + MORE + "\n");
    all.put("raw6", () -> "  sl  " + V6 + COLUMNS + MORE + "\n");
    all.put("unix", this::unix);
    all.put("packet", () -> "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n");
    all.put("sockstat", this::counts);
    all.put("dev", this::interfaces);
    all.put("if_inet6", this::addresses);
    all.put(
        "arp",
        () -> "IP address       HW type     Flags       HW address            Mask     Device\n");
    all.put("route", () -> padded(String.join("\t", ROUTE), MESSAGE_WIDTH));
    return all;
  }

  private static final List<String> ROUTE =
      List.of(
          "Iface",
          "Destination",
          "Gateway ",
          "Flags",
          "RefCnt",
          "Use",
          "Metric",
          "Mask",
          "\tMTU",
          "Window",
          "IRTT");

  private static String padded(String line, int width) {
    return line + " ".repeat(Math.max(0, width - line.length())) + "\n";
  }

  private String streams(int family, String head) {
    boolean v4 = family == SocketNumbers.AF_INET;
    StringBuilder text = new StringBuilder(v4 ? padded(head, STREAM_WIDTH) : head + "\n");
    int number = 0;
    for (Socket socket : network.sockets(family, SocketNumbers.SOL_TCP)) {
      int state = socket.progress();
      if (state == TcpState.CLOSE) {
        continue;
      }
      boolean listens = state == TcpState.LISTEN;
      String line =
          "%4d: %s 00:00000000 00000000 %5d        0 %d 1 %s %s"
              .formatted(
                  number++,
                  common(socket, state),
                  socket.user(),
                  inode(socket),
                  HIDDEN,
                  listens ? "100 0 0 10 0" : "20 0 0 10 -1");
      text.append(v4 ? padded(line, STREAM_WIDTH) : line + "\n");
    }
    return text.toString();
  }

  private String messages(int family, int protocol) {
    boolean v4 = family == SocketNumbers.AF_INET;
    String head = (v4 ? "   sl  " + V4 : "  sl  " + V6) + COLUMNS + MORE;
    StringBuilder text = new StringBuilder(v4 ? padded(head, MESSAGE_WIDTH) : head + "\n");
    for (Socket socket : network.sockets(family, protocol)) {
      Endpoint local = endpoint(socket, false);
      if (local.port() == 0) {
        continue;
      }
      String line =
          "%5d: %s 00:00000000 00000000 %5d        0 %d 2 %s 0"
              .formatted(
                  local.port(),
                  common(socket, socket.progress()),
                  socket.user(),
                  inode(socket),
                  HIDDEN);
      text.append(v4 ? padded(line, MESSAGE_WIDTH) : line + "\n");
    }
    return text.toString();
  }

  /** One that nobody has accepted yet has no number. */
  private static long inode(Socket socket) {
    return socket.isTaken() ? socket.stat().inode() : 0;
  }

  private static String common(Socket socket, int state) {
    long sent = state == TcpState.LISTEN ? 0 : socket.unsent();
    return "%s %s %02X %08X:%08X"
        .formatted(
            hex(endpoint(socket, false), socket),
            hex(endpoint(socket, true), socket),
            state,
            sent,
            socket.unread());
  }

  private static Endpoint endpoint(Socket socket, boolean other) {
    Address address = null;
    try {
      address = other ? socket.peerName() : socket.name();
    } catch (SysError e) {
      return new Endpoint(Ip.ANY6, 0); // it has no other end
    }
    return address instanceof Endpoint endpoint ? endpoint : new Endpoint(Ip.ANY6, 0);
  }

  private static String hex(Endpoint endpoint, Socket socket) {
    ByteBuffer words = ByteBuffer.wrap(endpoint.ip().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder text = new StringBuilder();
    boolean v4 = socket.socketKind().family() == SocketNumbers.AF_INET;
    if (v4) {
      text.append("%08X".formatted(endpoint.ip().isAny() ? 0 : words.getInt(12)));
    } else {
      for (int at = 0; at < words.capacity(); at += Integer.BYTES) {
        text.append("%08X".formatted(words.getInt(at)));
      }
    }
    return text.append(":%04X".formatted(endpoint.port())).toString();
  }

  private String unix() {
    StringBuilder text =
        new StringBuilder("Num       RefCount Protocol Flags    Type St Inode Path\n");
    for (Socket socket : network.sockets(SocketNumbers.AF_UNIX, 0)) {
      boolean connected = socket.progress() == TcpState.ESTABLISHED;
      int state = socket.isTaken() ? connected ? 3 : 1 : connected ? 2 : 4;
      text.append(
          "%s: %08X %08X %08X %04X %02X %5d"
              .formatted(
                  HIDDEN,
                  connected ? 3 : 2,
                  0,
                  socket.isListening() ? ACCEPTS : 0,
                  socket.socketKind().type(),
                  state,
                  inode(socket)));
      UnixAddress name = (UnixAddress) socket.name();
      if (!name.isUnnamed()) {
        String path = GuestText.of(name.bytes());
        text.append(' ').append(name.isAbstract() ? path.replace('\0', '@') : path);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private String counts() {
    return """
        sockets: used %d
        TCP: inuse %d orphan 0 tw 0 alloc %d mem 0
        UDP: inuse %d mem 0
        UDPLITE: inuse %d
        RAW: inuse 0
        FRAG: inuse 0 memory 0
        """
        .formatted(
            network.count(),
            network.sockets(SocketNumbers.AF_INET, SocketNumbers.SOL_TCP).size(),
            network.sockets(SocketNumbers.AF_INET, SocketNumbers.SOL_TCP).size(),
            network.sockets(SocketNumbers.AF_INET, SocketNumbers.SOL_UDP).size(),
            network.sockets(SocketNumbers.AF_INET, SocketNumbers.SOL_UDPLITE).size());
  }

  private String interfaces() {
    StringBuilder text =
        new StringBuilder(
            "Inter-|   Receive                                                |  Transmit\n"
                + " face |bytes    packets errs drop fifo frame compressed multicast"
                + "|bytes    packets errs drop fifo colls carrier compressed\n");
    for (Interface each : Interface.all(network.host() != null)) {
      text.append(
          "%6s: %7d %7d %4d %4d %4d %5d %10d %9d %8d %7d %4d %4d %4d %5d %7d %10d\n"
              .formatted(each.name(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }
    return text.toString();
  }

  private String addresses() {
    StringBuilder text = new StringBuilder();
    for (Interface each : Interface.all(network.host() != null)) {
      for (Interface.Prefix prefix : each.addresses()) {
        if (!prefix.ip().isV4()) {
          int scope =
              prefix.ip().isLoopback() ? 0x10 : prefix.ip().high() >>> 54 == 0x3fa ? 0x20 : 0;
          text.append(
              "%016x%016x %02x %02x %02x %02x %8s\n"
                  .formatted(
                      prefix.ip().high(),
                      prefix.ip().low(),
                      each.index(),
                      prefix.length(),
                      scope,
                      0x80,
                      each.name()));
        }
      }
    }
    return text.toString();
  }
}
