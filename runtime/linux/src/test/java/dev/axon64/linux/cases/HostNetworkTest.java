package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that is allowed to talks with the host's network in both directions. */
class HostNetworkTest {
  private static final int BYTES = 1_000_000;

  @TempDir Path folder;

  @Test
  void reachesTheHostAndIsReached() throws Exception {
    KernelCase program = KernelCase.compile(folder, "host-network");
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ExecutorService threads = Executors.newCachedThreadPool();
        ServerSocket server = new ServerSocket(0, 5, loopback);
        DatagramSocket messages = new DatagramSocket(0, loopback);
        PipedInputStream output = new PipedInputStream(1 << 16)) {
      int closed;
      try (ServerSocket gone = new ServerSocket(0, 5, loopback)) {
        closed = gone.getLocalPort();
      }
      Future<?> echo = threads.submit(() -> echo(server));
      Future<?> pong = threads.submit(() -> pong(messages));
      OutputStream out = new PipedOutputStream(output);
      List<String> arguments =
          List.of(
              Integer.toString(server.getLocalPort()),
              Integer.toString(messages.getLocalPort()),
              Integer.toString(closed));
      Future<ExitStatus> run =
          threads.submit(
              () -> {
                try (out) {
                  return program
                      .machine(
                          Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null),
                          false,
                          out)
                      .arguments(arguments)
                      .hostNetwork(true)
                      .build()
                      .run();
                }
              });
      StringBuilder text = new StringBuilder();
      for (Scanner lines = new Scanner(output, StandardCharsets.UTF_8); lines.hasNextLine(); ) {
        String line = lines.nextLine();
        if (line.startsWith("port ")) {
          int port = Integer.parseInt(line.substring(5));
          threads.submit(() -> visit(port));
        } else {
          text.append(line).append('\n');
        }
      }
      assertEquals(0, run.get().shellCode());
      echo.get();
      pong.get();
      assertEquals(
          """
          connect ok
          answer HELLO end ok
          nonblocking 1
          poll 1 4
          error 0
          poll 1
          read AGAIN
          closed ECONNREFUSED
          closed ECONNREFUSED
          message pong from 1
          bind ok listen ok
          taken EADDRINUSE
          epoll 1
          accept ok
          peer ok
          received 1000000
          left 0
          own child
          """,
          text.toString());
    }
  }

  /** Answers two lines in capital letters, each on a connection of its own. */
  private static Void echo(ServerSocket server) throws IOException {
    for (int i = 0; i < 2; i++) {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
          line.append(Character.toUpperCase((char) b));
        }
        socket.getOutputStream().write(line.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return null;
  }

  private static Void pong(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    socket.receive(packet);
    byte[] answer = "pong".getBytes(StandardCharsets.UTF_8);
    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
    return null;
  }

  private static Void visit(int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(new byte[BYTES]);
      socket.shutdownOutput();
      assertTrue(socket.getInputStream().readAllBytes().length == BYTES, "all of it comes back");
    }
    return null;
  }
}
