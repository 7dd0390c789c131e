package dev.axon64.app.display;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.display.Area;
import dev.axon64.linux.display.Display;
import dev.axon64.linux.display.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A web page that shows a display. Only this computer can reach it, and only who knows its address,
 * which has a random part.
 */
public final class WebView implements DisplayView {
  /** The longest that a page waits for the next picture before it asks again. */
  private static final long PATIENCE = 10_000;

  private static final int TOKEN = 16;
  private static final int MOST_INPUT = 1 << 16;
  private static final int HEAD = 20;

  private final Display display;
  private final HttpServer server;
  private final ExecutorService threads;
  private final String folder;

  private WebView(Display display, HttpServer server) {
    this.display = display;
    this.server = server;
    byte[] random = new byte[TOKEN];
    new SecureRandom().nextBytes(random);
    this.folder = "/" + HexFormat.of().formatHex(random) + "/";
    this.threads =
        Executors.newCachedThreadPool(
            work -> Thread.ofPlatform().daemon().name("axon64-display").unstarted(work));
  }

  /**
   * Begins to show a display.
   *
   * @param port 0 for any that is free
   * @param err is told the address
   * @throws InputException if the port cannot be used
   */
  public static WebView open(Display display, int port, PrintWriter err) {
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 0);
      WebView view = new WebView(display, server);
      server.setExecutor(view.threads);
      server.createContext("/", view::answer);
      server.start();
      err.println("axon64: the display is at " + view.address());
      err.flush();
      return view;
    } catch (IOException e) {
      throw new InputException("--display web:" + port, "the port cannot be used", e);
    }
  }

  /** Where the page is. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + folder;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String name = path.startsWith(folder) ? path.substring(folder.length()) : null;
      boolean post = exchange.getRequestMethod().equals("POST");
      switch ((post ? "POST " : "GET ") + name) {
        case "GET " -> send(exchange, "text/html; charset=utf-8", page());
        case "GET screen.png" -> send(exchange, "image/png", Png.of(display.screen()));
        case "GET frame" -> send(exchange, "application/octet-stream", frame(exchange));
        case "POST input" -> {
          byte[] text = exchange.getRequestBody().readNBytes(MOST_INPUT);
          WebInput.send(new String(text, StandardCharsets.US_ASCII), display);
          exchange.sendResponseHeaders(204, -1);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.getResponseHeaders().add("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] page() throws IOException {
    try (InputStream in = WebView.class.getResourceAsStream("page.html")) {
      return in.readAllBytes();
    }
  }

  /**
   * What has changed since the version that the query names: the new version, the size of the
   * screen, the area, each side in 16 bits, and its pixels as red, green, blue and 255.
   */
  private byte[] frame(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    long after = query != null && query.matches("\\d{1,18}") ? Long.parseLong(query) : 0;
    Screen screen = display.screen();
    Screen.Update update;
    try {
      update = screen.await(after, PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      update = screen.since(after);
    }
    Area area = update.area();
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + 4 * update.pixels().length);
    bytes.putLong(update.version());
    bytes.putShort((short) screen.width()).putShort((short) screen.height());
    bytes.putShort((short) area.x()).putShort((short) area.y());
    bytes.putShort((short) area.width()).putShort((short) area.height());
    for (int rgb : update.pixels()) {
      bytes.putInt(rgb << 8 | 0xff);
    }
    return bytes.array();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
