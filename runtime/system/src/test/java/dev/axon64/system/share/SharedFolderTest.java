package dev.axon64.system.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared folder, as a kernel asks for it. */
class SharedFolderTest {
  private static final long ROOM = 1 << 16;
  private static final int REQUESTS = Boolean.getBoolean("axon64.campaign") ? 300_000 : 10_000;

  @TempDir Path outer;
  private SharedFolder folder;

  @BeforeEach
  void fill() throws IOException {
    Path shared = Files.createDirectories(outer.resolve("shared/inner"));
    Files.writeString(outer.resolve("secret"), "secret");
    Files.writeString(shared.resolve("file"), "content of a file");
    Files.createSymbolicLink(shared.resolve("link"), Path.of("../../secret"));
    folder = new SharedFolder(outer.resolve("shared"));
  }

  private static byte[] request(int operation, long node, byte[] arguments) {
    return ByteBuffer.allocate(40 + arguments.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(40 + arguments.length)
        .putInt(operation)
        .putLong(77)
        .putLong(node)
        .position(40)
        .put(arguments)
        .array();
  }

  private static byte[] numbers(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.array();
  }

  private ByteBuffer ask(int operation, long node, byte[] arguments) {
    byte[] answer = folder.answer(request(operation, node, arguments), ROOM);
    ByteBuffer bytes = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(answer.length, bytes.getInt(0));
    assertEquals(77, bytes.getLong(8));
    return bytes;
  }

  private ByteBuffer good(int operation, long node, byte[] arguments) {
    ByteBuffer answer = ask(operation, node, arguments);
    assertEquals(0, answer.getInt(4));
    return answer.slice(16, answer.limit() - 16).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int error(int operation, long node, byte[] arguments) {
    return -ask(operation, node, arguments).getInt(4);
  }

  private long find(long parent, String name) {
    return good(1, parent, (name + "\0").getBytes(StandardCharsets.UTF_8)).getLong(0);
  }

  @Test
  void filesAreFoundAndRead() {
    good(26, 0, numbers(7 | 31L << 32, 0));
    long inner = find(1, "inner");
    long file = find(inner, "file");
    assertEquals(17, good(3, file, numbers(0, 0)).getLong(24));
    long handle = good(14, file, numbers(0)).getLong(0);
    ByteBuffer read = good(15, file, numbers(handle, 8, 1000, 0, 0));
    assertEquals("of a file", StandardCharsets.UTF_8.decode(read).toString());
    good(18, file, numbers(handle, 0, 0));
    assertEquals(FuseError.BAD_HANDLE, error(15, file, numbers(handle, 0, 10, 0, 0)));
    folder.answer(request(2, file, numbers(1)), ROOM);
    assertEquals(FuseError.NO_ENTRY, error(3, file, numbers(0, 0)));
  }

  @Test
  void foldersAreListed() {
    long inner = find(1, "inner");
    long handle = good(27, inner, numbers(0)).getLong(0);
    List<String> names = new ArrayList<>();
    for (long next = 0; ; ) {
      ByteBuffer entries = good(28, inner, numbers(handle, next, 40, 0, 0));
      if (!entries.hasRemaining()) {
        break;
      }
      next = entries.getLong(8);
      byte[] name = new byte[entries.getInt(16)];
      entries.get(24, name);
      names.add(new String(name, StandardCharsets.UTF_8));
    }
    assertEquals(List.of("file", "link"), names);
  }

  /** Links are the guest's to follow, and names lead to one folder only. */
  @Test
  void nothingOutsideIsReached() {
    long inner = find(1, "inner");
    long link = find(inner, "link");
    byte[] target = new byte[12];
    good(5, link, new byte[0]).get(target);
    assertEquals("../../secret", new String(target, StandardCharsets.UTF_8));
    assertEquals(FuseError.IS_A_FOLDER, error(14, link, numbers(0)));
    for (String name : List.of("..", ".", "", "../secret", "inner/file", "no\u0001ne")) {
      byte[] bytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
      assertEquals(FuseError.NO_ENTRY, error(1, 1, bytes), name);
    }
  }

  @Test
  void nothingIsChanged() throws IOException {
    long file = find(find(1, "inner"), "file");
    assertEquals(FuseError.READ_ONLY, error(14, file, numbers(1)));
    for (int operation : new int[] {4, 8, 9, 10, 11, 12, 13, 16, 35}) {
      assertEquals(FuseError.READ_ONLY, error(operation, file, numbers(0, 0, 0, 0, 0, 0)));
    }
    assertEquals("content of a file", Files.readString(outer.resolve("shared/inner/file")));
  }

  @Test
  void anythingCanBeAsked() {
    SplittableRandom random = new SplittableRandom(18);
    for (int i = 0; i < REQUESTS; i++) {
      byte[] arguments = new byte[random.nextInt(64)];
      random.nextBytes(arguments);
      if (random.nextBoolean()) {
        arguments = numbers(random.nextInt(5), random.nextLong(), random.nextInt(), 0, 0);
      }
      byte[] request = request(random.nextInt(50), random.nextInt(4), arguments);
      if (random.nextInt(8) == 0) {
        request = Arrays.copyOf(request, random.nextInt(request.length));
      }
      byte[] answer = folder.answer(request, random.nextInt(300));
      assertTrue(answer.length <= 300);
    }
    assertArrayEquals(new byte[0], folder.answer(new byte[3], ROOM));
  }
}
