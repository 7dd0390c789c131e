package dev.axon64.app.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.display.Display;
import dev.axon64.linux.display.Input;
import dev.axon64.linux.display.Keys;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page that shows a display, as a browser asks for it. */
class WebViewTest {
  private static final int HEAD = 20;

  private final Display display = new Display(20, 10, true);
  private final StringWriter told = new StringWriter();
  private final WebView view = WebView.open(display, 0, new PrintWriter(told));
  private final HttpClient browser = HttpClient.newHttpClient();

  @AfterEach
  void closes() {
    view.close();
    browser.close();
  }

  private HttpResponse<byte[]> get(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return browser.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private void post(String lines) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(view.address() + "input"))
            .POST(HttpRequest.BodyPublishers.ofString(lines))
            .build();
    assertEquals(204, browser.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
  }

  @Test
  void onlyItsOwnAddressAnswers() throws Exception {
    assertEquals("axon64: the display is at " + view.address(), told.toString().strip());
    byte[] page = get(view.address()).body();
    assertTrue(new String(page, StandardCharsets.UTF_8).contains("<canvas"));
    String port = view.address().substring(0, view.address().indexOf('/', 8));
    for (String path : new String[] {"/", "/screen.png", "/0123/", "/0123/screen.png"}) {
      assertEquals(404, get(port + path).statusCode(), path);
    }
    assertEquals(404, get(view.address() + "other").statusCode());
  }

  @Test
  void showsTheScreen() throws Exception {
    ByteBuffer frame = ByteBuffer.wrap(get(view.address() + "frame?0").body());
    assertEquals(20, frame.getShort(8));
    assertEquals(10, frame.getShort(10));
    assertEquals(20, frame.getShort(16));
    assertEquals(10, frame.getShort(18));
    assertEquals(HEAD + 4 * 200, frame.capacity());
    assertEquals(0xff, frame.getInt(HEAD), "black, and nothing shines through");
    byte[] png = get(view.address() + "screen.png").body();
    assertEquals(20, ImageIO.read(new ByteArrayInputStream(png)).getWidth());
  }

  @Test
  void takesInput() throws Exception {
    post("key KeyA 1\nkey KeyA 0\nkey Nothing 1\nmove 3 4\nbutton 1 1\nclose\nnonsense\nmove x y");
    int a = Keys.code("KeyA").orElseThrow();
    Input[] expected = {
      new Input.Key(a, true),
      new Input.Key(a, false),
      new Input.Motion(3, 4),
      new Input.Button(1, true),
      new Input.Close(),
      new Input.Motion(0, 0)
    };
    for (Input input : expected) {
      assertEquals(input, display.poll());
    }
    assertEquals(null, display.poll());
  }

  @Test
  void aPortThatIsTakenIsRefused() {
    int port = URI.create(view.address()).getPort();
    assertThrows(InputException.class, () -> WebView.open(display, port, new PrintWriter(told)));
  }

  @Test
  void picturesKeepTheirColors() throws Exception {
    int[] pixels = {0xff0000, 0x00ff00, 0x0000ff, 0x123456, 0xffffff, 0};
    var image = ImageIO.read(new ByteArrayInputStream(Png.of(pixels, 3, 2)));
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(pixels[i], image.getRGB(i % 3, i / 3) & 0xffffff);
    }
  }
}
