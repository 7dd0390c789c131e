package dev.axon64.machine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Files in memory that begin with the same bytes act like arrays of their own. */
class StoredPagesTest {
  private static final int MOST = 5 * Page.SIZE;

  /** Room for so many pages. */
  private static final class Pages implements StoredPages.Room {
    private int free;

    Pages(int free) {
      this.free = free;
    }

    @Override
    public boolean takePage() {
      return free > 0 && free-- > 0;
    }

    @Override
    public void giveBackPages(int count) {
      free += count;
    }
  }

  @Property(tries = 300)
  void filesThatBeganAlikeChangeApart(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] content = new byte[random.nextInt(1, MOST)];
    random.nextBytes(content);
    byte[] before = content.clone();
    Pages room = new Pages(20);
    StoredPages other = new StoredPages(new MemoryLimit(1 << 20), room);
    StoredPages file = new StoredPages(new MemoryLimit(1 << 20), room);
    assertEquals(content.length, other.begin(content));
    assertEquals(content.length, file.begin(content));
    byte[] model = content.clone();
    for (int i = 0; i < 12; i++) {
      int from = random.nextInt(MOST);
      switch (random.nextInt(3)) {
        case 0 -> {
          byte[] bytes = new byte[random.nextInt(1, MOST - from + 1)];
          random.nextBytes(bytes);
          assertEquals(bytes.length, file.write(from, bytes, 0, bytes.length));
          model = Arrays.copyOf(model, Math.max(model.length, from + bytes.length));
          System.arraycopy(bytes, 0, model, from, bytes.length);
        }
        case 1 -> {
          file.resize(from);
          model = Arrays.copyOf(model, from);
        }
        default -> {
          int to = Math.min(model.length, from + random.nextInt(MOST));
          if (from < to) {
            file.punch(from, to);
            Arrays.fill(model, from, to, (byte) 0);
          }
        }
      }
      assertArrayEquals(model, bytes(file));
    }
    assertArrayEquals(before, content);
    assertArrayEquals(content, bytes(other));
    file.free();
    other.free();
    assertEquals(20, room.free);
  }

  private static byte[] bytes(StoredPages file) {
    byte[] bytes = new byte[(int) file.size()];
    assertEquals(bytes.length, file.read(0, bytes, 0, bytes.length));
    return bytes;
  }

  @Property(tries = 20)
  void roomIsTakenBefore(@ForAll long seed) {
    byte[] content = new byte[3 * Page.SIZE - (int) (seed & 7)];
    StoredPages file = new StoredPages(new MemoryLimit(1 << 20), new Pages(2));
    assertEquals(2 * Page.SIZE, file.begin(content));
  }

  /** What there was no room for does not come back when there is. */
  @Test
  void aFileThatIsCutShortHasTheRestOfNothing() {
    byte[] content = new byte[3 * Page.SIZE];
    Arrays.fill(content, (byte) 1);
    Pages room = new Pages(2);
    StoredPages file = new StoredPages(new MemoryLimit(1 << 20), room);
    assertEquals(2 * Page.SIZE, file.begin(content));
    assertFalse(file.isStored(2 * Page.SIZE));
    room.free = 1;
    file.resize(3 * Page.SIZE);
    assertArrayEquals(
        Arrays.copyOf(Arrays.copyOf(content, 2 * Page.SIZE), 3 * Page.SIZE), bytes(file));
    assertEquals(1, file.write(2 * Page.SIZE, new byte[] {5}, 0, 1));
    assertEquals(0, room.free);
    file.free();
    assertEquals(3, room.free);
  }
}
