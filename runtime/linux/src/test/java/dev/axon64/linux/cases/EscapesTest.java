package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that tries to get at the host's files, sockets, processes and memory fails to. */
class EscapesTest {
  private static final String SHARED = "/axon64-escapes-" + ProcessHandle.current().pid();
  private static final String UP = "../".repeat(60);

  @TempDir Path folder;

  @BeforeEach
  void hideSomethingOutside() throws IOException {
    folder = folder.toRealPath();
    Files.writeString(folder.resolve("secret"), "host's secret");
    Files.createDirectories(folder.resolve("beside"));
  }

  /** Puts links to the host into a folder of the root, as an unpacked archive may have them. */
  private void plant(Path work) throws IOException {
    Files.createDirectories(work);
    link(work, "planted-up", "../../secret");
    link(work, "planted-absolute", folder.resolve("secret").toString());
    link(work, "planted-folder", folder.toString());
    link(work, "planted-deep", UP + folder.toString().substring(1));
    link(work, "planted-shell", "/bin/sh");
  }

  private static void link(Path work, String name, String target) throws IOException {
    Files.createSymbolicLink(work.resolve(name), Path.of(target));
  }

  private List<String> arguments(int streams, int messages) {
    return List.of(
        folder.toString(),
        Long.toString(ProcessHandle.current().pid()),
        Integer.toString(streams),
        Integer.toString(messages),
        SHARED);
  }

  /**
   * In a root that it may write, and in one that it may not and that has a sysroot in front of it.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingOfTheHostIsReached(boolean writable) throws IOException, InterruptedException {
    KernelCase program = KernelCase.compileForTheGuest(folder, "escapes");
    Path work = program.root().resolve("work");
    plant(work);
    plant(folder.resolve("sysroot/work"));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Path shared = Path.of("/dev/shm" + SHARED);
    boolean hasShared = Files.isWritable(Path.of("/dev/shm"));
    if (hasShared) {
      Files.writeString(shared, "host's secret");
    }
    try (ServerSocketChannel streams = ServerSocketChannel.open().bind(any);
        DatagramChannel messages = DatagramChannel.open().bind(any);
        ServerSocketChannel inRoot = unixServer(work.resolve("planted-socket"));
        ServerSocketChannel beside = unixServer(folder.resolve("outer-socket"))) {
      Map<String, String> before = outside();
      String output =
          run(program, writable, port(streams.getLocalAddress()), port(messages.getLocalAddress()));
      assertEquals(before, outside(), "the host's files");
      for (ServerSocketChannel server : List.of(streams, inRoot, beside)) {
        server.configureBlocking(false);
        assertEquals(null, server.accept(), "connections");
      }
      messages.configureBlocking(false);
      assertEquals(null, messages.receive(ByteBuffer.allocate(10)), "messages");
      check(output);
    } finally {
      if (hasShared) {
        Files.delete(shared);
      }
    }
  }

  private static ServerSocketChannel unixServer(Path path) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path));
  }

  private static int port(java.net.SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }

  private String run(KernelCase program, boolean writable, int streams, int messages)
      throws IOException {
    Supplier<Engine> engines =
        Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    LinuxMachine.Builder machine =
        program
            .machine(engines, !writable, output)
            .writable(writable)
            .arguments(arguments(streams, messages));
    if (!writable) {
      machine.sysroot(folder.resolve("sysroot"));
    }
    ExitStatus status = machine.build().run();
    String text = output.toString(StandardCharsets.ISO_8859_1);
    assertEquals(0, status.shellCode(), text);
    return text;
  }

  private static void check(String output) {
    List<String> lines = output.lines().toList();
    assertEquals(List.of(), lines.stream().filter(l -> l.contains("ESCAPED")).toList());
    long tried =
        lines.stream().filter(l -> l.endsWith(": refused") || l.endsWith(": inside")).count();
    assertEquals(lines.size(), tried, output);
    assertTrue(tried > 500, "tries much: " + tried);
  }

  /** The same paths lead to the secret where no root keeps a program from that. */
  @Test
  void attemptsSucceedOnTheHost() throws IOException, InterruptedException {
    KernelCase program = KernelCase.compile(folder, "escapes");
    assumeTrue(program.root() != null);
    Path work = program.root().resolve("control");
    plant(work);
    List<String> command = new ArrayList<>(List.of(folder.resolve("escapes.here").toString()));
    command.addAll(arguments(0, 0));
    command.add("reads");
    Process process = new ProcessBuilder(command).directory(work.toFile()).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor();
    long escaped = output.lines().filter(line -> line.endsWith("ESCAPED")).count();
    assertTrue(escaped > 20, output);
  }

  /** What lies beside the root, and what it is like. */
  private Map<String, String> outside() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.filter(p -> !p.startsWith(folder.resolve("root/"))).toList()) {
        Map<String, Object> facts =
            new TreeMap<>(
                Files.readAttributes(
                    path,
                    "unix:mode,uid,gid,size,nlink,lastModifiedTime",
                    LinkOption.NOFOLLOW_LINKS));
        if (path.equals(folder)) {
          facts.remove("lastModifiedTime");
        }
        boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        all.put(
            path.toString(),
            facts + (file && Files.size(path) < 1000 ? Files.readString(path) : ""));
      }
    }
    return all;
  }
}
