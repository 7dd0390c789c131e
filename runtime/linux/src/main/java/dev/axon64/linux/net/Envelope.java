package dev.axon64.linux.net;

import dev.axon64.linux.abi.SocketNumbers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the head of a packet says beside the addresses of its ends.
 *
 * @param to the address that it was sent to
 * @param hops that it may take
 * @param service its class of service
 */
record Envelope(Ip to, int hops, int service) {
  private static final int IP = SocketNumbers.SOL_IP;
  private static final int IPV6 = SocketNumbers.SOL_IPV6;
  private static final int IP_TOS = 1;
  private static final int IP_TTL = 2;
  private static final int IP_PKTINFO = 8;
  private static final int IP_RECVTTL = 12;
  private static final int IP_RECVTOS = 13;
  private static final int IPV6_UNICAST_HOPS = 16;
  private static final int IPV6_RECVPKTINFO = 49;
  private static final int IPV6_PKTINFO = 50;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int IPV6_HOPLIMIT = 52;
  private static final int IPV6_RECVTCLASS = 66;
  private static final int IPV6_TCLASS = 67;
  private static final int USUAL_HOPS = 64;

  /** The index of the one interface that messages come through. */
  private static final int INTERFACE = 1;

  /** The head of a message that a socket sends, with what the message itself asks for. */
  static Envelope of(Ip to, SocketOptions options, List<Control> asked) {
    boolean v4 = to.isV4();
    int hops =
        v4 ? options.get(IP, IP_TTL, USUAL_HOPS) : options.get(IPV6, IPV6_UNICAST_HOPS, USUAL_HOPS);
    int service = v4 ? options.get(IP, IP_TOS, 0) : options.get(IPV6, IPV6_TCLASS, 0);
    for (Control each : asked) {
      if (each.level() == (v4 ? IP : IPV6) && each.type() == (v4 ? IP_TTL : IPV6_HOPLIMIT)) {
        hops = each.number();
      } else if (each.level() == (v4 ? IP : IPV6) && each.type() == (v4 ? IP_TOS : IPV6_TCLASS)) {
        service = each.number();
      }
    }
    return new Envelope(to, hops < 0 ? USUAL_HOPS : hops, Math.max(0, service));
  }

  /** What a socket that receives it is told, by its options. */
  List<Control> told(SocketOptions options) {
    List<Control> all = new ArrayList<>();
    if (to.isV4()) {
      if (options.is(IP, IP_PKTINFO)) {
        byte[] ip = to.bytes();
        ByteBuffer b = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0, INTERFACE).put(4, ip, 12, 4).put(8, ip, 12, 4);
        all.add(new Control(IP, IP_PKTINFO, b.array()));
      }
      if (options.is(IP, IP_RECVTTL)) {
        all.add(Control.number(IP, IP_TTL, hops));
      }
      if (options.is(IP, IP_RECVTOS)) {
        all.add(new Control(IP, IP_TOS, new byte[] {(byte) service}));
      }
      return all;
    }
    if (options.is(IPV6, IPV6_RECVPKTINFO)) {
      ByteBuffer b = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
      b.put(0, to.bytes()).putInt(16, INTERFACE);
      all.add(new Control(IPV6, IPV6_PKTINFO, b.array()));
    }
    if (options.is(IPV6, IPV6_RECVHOPLIMIT)) {
      all.add(Control.number(IPV6, IPV6_HOPLIMIT, hops));
    }
    if (options.is(IPV6, IPV6_RECVTCLASS)) {
      all.add(Control.number(IPV6, IPV6_TCLASS, service));
    }
    return all;
  }
}
