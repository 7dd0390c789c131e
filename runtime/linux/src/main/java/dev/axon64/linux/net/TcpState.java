package dev.axon64.linux.net;

/** How far sockets are, by the numbers that Linux tells (tcp_states.h). */
public final class TcpState {
  public static final int ESTABLISHED = 1;
  public static final int SYN_SENT = 2;
  public static final int FIN_WAIT2 = 5;
  public static final int CLOSE = 7;
  public static final int CLOSE_WAIT = 8;
  public static final int LISTEN = 10;

  private TcpState() {}
}
