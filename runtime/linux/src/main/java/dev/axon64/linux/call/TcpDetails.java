package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Options of TCP that are no numbers: what a connection is like, and how it avoids congestion. */
final class TcpDetails {
  private static final int TCP_INFO = 11;
  static final int TCP_CONGESTION = 13;
  private static final int INFO_SIZE = 232;

  /** The longest segment of the loopback interface. */
  private static final int SEGMENT = 32_768;

  private static final int NAME_SIZE = 16;
  private static final List<String> WAYS = List.of("cubic", "reno");

  private TcpDetails() {}

  /** An option's value as the guest reads it. */
  static byte[] value(Socket socket, int name, int number) {
    return switch (name) {
      case TCP_INFO -> info(socket);
      case TCP_CONGESTION ->
          Arrays.copyOf(WAYS.get(number).getBytes(StandardCharsets.US_ASCII), NAME_SIZE);
      default -> OptionCalls.number(number);
    };
  }

  /** A struct tcp_info that tells the state and sizes; nothing is measured, lost or sent again. */
  private static byte[] info(Socket socket) {
    ByteBuffer b = Guest.struct(INFO_SIZE);
    b.put(0, (byte) socket.progress()).putInt(16, SEGMENT).putInt(20, SEGMENT).putInt(84, SEGMENT);
    return b.array();
  }

  /** The way to avoid congestion of a name, as a number; fails if it is not known. */
  static int congestion(byte[] name) {
    int way = WAYS.indexOf(new String(name, StandardCharsets.US_ASCII).replace("\0", ""));
    if (way < 0) {
      throw new SysError(Errno.ENOENT);
    }
    return way;
  }
}
