package dev.axon64.linux.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.net.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients may ask, and what becomes of nonsense. */
class XServerTest {
  private static final int ROOT = 1;
  private static final int ROUNDS = 60;
  private static final int REQUESTS = 200;

  private final Network network = new Network(new Inodes()::next);
  private final Display display = new Display(320, 200, true);
  private XServer server;

  private static final class Inodes {
    private long last;

    long next() {
      return ++last;
    }
  }

  @BeforeEach
  void listens() {
    server = new XServer(display, () -> 1000);
    server.listen(network, null);
  }

  private int pixel(int x, int y) {
    server.poll();
    return display.screen().all().pixels()[y * 320 + x];
  }

  /** Opens a window with a background and a context that draws in a color. */
  private static void window(XClient client, int id, int x, int y, int ground, int color) {
    client.request(1, 0, id, ROOT, x | y << 16, 40 | 30 << 16, 1 << 16, 0, 2, ground);
    client.request(55, 0, id + 1, id, 4, color);
    client.request(8, 0, id);
  }

  @Test
  void windowsCoverOneAnother() {
    XClient client = XClient.connect(network, server);
    int one = client.base + 1;
    int other = client.base + 10;
    window(client, one, 10, 10, 0xff0000, 0x00ff00);
    window(client, other, 30, 20, 0x0000ff, 0xffff00);
    client.request(70, 0, one, one + 1, 0, 40 | 30 << 16);
    assertEquals(0x00ff00, pixel(11, 11));
    assertEquals(0x0000ff, pixel(35, 25));
    client.request(12, 0, one, 64, 0); // above
    assertEquals(0x00ff00, pixel(35, 25));
    client.request(4, 0, one);
    assertEquals(0x0000ff, pixel(35, 25));
    int empty = pixel(0, 0);
    assertEquals(empty, pixel(11, 11));
    client.close();
    assertEquals(empty, pixel(35, 25), "a client's windows go with it");
  }

  @Test
  void whatWasDrawnCanBeRead() {
    XClient client = XClient.connect(network, server);
    int id = client.base + 1;
    window(client, id, 0, 0, 0x010203, 0x040506);
    client.request(70, 0, id, id + 1, 2 | 2 << 16, 1 | 1 << 16);
    client.messages();
    client.request(73, 2, id, 1 | 2 << 16, 2 | 1 << 16, -1);
    ByteBuffer reply = client.messages().getFirst();
    assertEquals(24, reply.get(1));
    assertEquals(0x010203, reply.getInt(32));
    assertEquals(0x040506, reply.getInt(36));
  }

  @Test
  void wrongRequestsAreToldSo() {
    XClient client = XClient.connect(network, server);
    client.request(200, 0);
    client.request(4, 0, 12345);
    client.request(8, 0);
    client.request(53, 24, client.base, ROOT, 32767 | 32767 << 16);
    client.request(53, 24, 5, ROOT, 1 | 1 << 16);
    client.request(73, 2, ROOT, 0, 2000 | 1 << 16, -1);
    List<ByteBuffer> messages = client.messages();
    int[] codes = messages.stream().mapToInt(message -> message.get(1)).toArray();
    assertEquals(List.of(1, 3, 16, 11, 14, 8), Arrays.stream(codes).boxed().toList());
    assertEquals(12345, messages.get(1).getInt(4));
    assertEquals(2, messages.get(1).getShort(2), "the number of the request");
  }

  @Test
  void memoryIsBoundedAndGivenBack() {
    for (int round = 0; round < 3; round++) {
      XClient client = XClient.connect(network, server);
      int size = 4000 | 4000 << 16;
      for (int i = 0; i < 3; i++) {
        int id = client.base + 2 * i;
        client.request(53, 24, id, ROOT, size);
        client.request(55, 0, id + 1, ROOT, 1 << 10, id); // a context that tiles with it
        client.request(54, 0, id);
      }
      List<ByteBuffer> errors = client.messages();
      assertFalse(errors.isEmpty(), "three do not fit, though their names are gone");
      assertEquals(11, errors.getFirst().get(1));
      client.close();
    }
  }

  @Test
  void windowsAreNotTooDeepInOneAnother() {
    XClient client = XClient.connect(network, server);
    for (int i = 0; i < 100; i++) {
      int parent = i == 0 ? ROOT : client.base + i - 1;
      client.request(1, 0, client.base + i, parent, 0, 9 | 9 << 16, 1 << 16, 0, 0);
    }
    assertEquals(11, client.messages().getFirst().get(1));
  }

  @Test
  void longRequestsAreReadAsAWhole() {
    XClient client = XClient.connect(network, server);
    int id = client.base + 1;
    window(client, id, 0, 0, 0, 0);
    client.request(133, 0);
    int[] points = new int[100_000];
    Arrays.fill(points, 3 | 4 << 16);
    ByteBuffer b = ByteBuffer.allocate(20 + 4 * points.length);
    b.order(ByteOrder.LITTLE_ENDIAN).putInt(64).putInt(5 + points.length).putInt(id);
    b.putInt(id + 1).putInt(0);
    for (int point : points) {
      b.putInt(point);
    }
    client.request(56, 0, id + 1, 4, 0xabcdef);
    assertTrue(client.send(b.array()));
    assertEquals(0xabcdef, pixel(3, 4));
  }

  /** Random requests, half of them with ids that exist, never end the machine. */
  @Test
  void nonsenseIsAnswered() {
    Random random = new Random(Long.getLong("axon64.seed", 1));
    for (int round = 0; round < ROUNDS; round++) {
      XClient client = XClient.connect(network, server);
      XClient other = XClient.connect(network, server);
      int id = client.base + 1;
      window(client, id, 5, 5, 1, 2);
      client.request(53, 1 + 23 * random.nextInt(2), id + 2, ROOT, 9 | 9 << 16);
      boolean connected = true;
      for (int i = 0; connected && i < REQUESTS; i++) {
        XClient one = random.nextInt(4) == 0 ? other : client;
        int[] words = new int[random.nextInt(14)];
        for (int at = 0; at < words.length; at++) {
          words[at] = word(random, id);
        }
        int opcode = random.nextInt(20) == 0 ? random.nextInt(256) : 1 + random.nextInt(119);
        connected = opcode == 113 || one.request(opcode, random.nextInt(33), words);
        display.send(input(random));
        client.messages();
        other.messages();
      }
      client.send(new byte[] {1, 0, 0, 0}); // a length of nothing ends the connection
      client.close();
      other.close();
    }
    assertFalse(server.isAwaited(), "nobody is left");
  }

  private static int word(Random random, int id) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt();
      case 1 -> 1 << random.nextInt(32);
      case 2 -> random.nextInt(100) | random.nextInt(100) << 16;
      case 3 -> ROOT + random.nextInt(3);
      default -> id + random.nextInt(6);
    };
  }

  private static Input input(Random random) {
    int number = random.nextInt(12);
    return switch (random.nextInt(4)) {
      case 0 -> new Input.Key(random.nextInt(300) - 20, random.nextBoolean());
      case 1 -> new Input.Button(number - 2, random.nextBoolean());
      case 2 -> new Input.Motion(random.nextInt(500) - 50, random.nextInt(300) - 50);
      default -> number == 0 ? new Input.Close() : new Input.Motion(number, number);
    };
  }
}
