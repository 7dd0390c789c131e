package dev.axon64.system.tree;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Device trees: written, read by the device tree compiler, damaged. */
class FlatTreeTest {
  private static final int TRIES = Boolean.getBoolean("axon64.campaign") ? 100_000 : 5_000;

  @TempDir Path folder;

  private static byte[] tree(int processors) {
    return new MachineTree(
            512L << 20,
            processors,
            "console=ttyAMA0",
            Optional.of(new MachineTree.Range(0x4200_0000L, 0x4210_0000L)),
            2)
        .blob();
  }

  @Test
  void isWhole() {
    TreeBlob.check(tree(1), "one");
    TreeBlob.check(tree(4), "four");
  }

  @Test
  void smallTree() {
    byte[] blob = new FlatTree().cells("a", 5).begin("n").flag("b").end().blob();
    ByteBuffer words = ByteBuffer.wrap(blob);
    int at = words.getInt(8);
    int[] expected = {1, 0, 3, 4, 0, 5, 1, 'n' << 24, 3, 0, 2, 2, 2, 9};
    for (int word : expected) {
      assertEquals(word, words.getInt(at));
      at += Integer.BYTES;
    }
    assertEquals(at, words.getInt(12));
  }

  @Test
  void theCompilerReadsIt() throws IOException, InterruptedException {
    Path blob = Files.write(folder.resolve("tree.dtb"), tree(2));
    Process dtc;
    try {
      dtc =
          new ProcessBuilder("dtc", "-q", "-I", "dtb", "-O", "dts", blob.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      System.out.println("device trees: skipped: there is no dtc");
      Assumptions.abort("skipped: there is no dtc");
      return;
    }
    String text = new String(dtc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, dtc.waitFor());
    for (String line :
        new String[] {
          "bootargs = \"console=ttyAMA0\";",
          "reg = <0x00 0x40000000 0x00 0x20000000>;",
          "linux,initrd-end = <0x00 0x42100000>;",
          "cpu@1 {",
          "enable-method = \"psci\";",
          "virtio_mmio@a000200 {",
          "compatible = \"arm,pl011\\0arm,primecell\";"
        }) {
      assertTrue(text.contains(line), line + " is not in\n" + text);
    }
  }

  /** Damaged trees are refused in one line, or are whole. */
  @Test
  void damage() {
    Random random = new Random(Long.getLong("axon64.seed", 18));
    byte[] good = tree(1);
    int refused = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(8); n >= 0; n--) {
        bad[random.nextInt(random.nextBoolean() ? FlatTree.HEADER : bad.length)] =
            (byte) random.nextInt();
      }
      byte[] cut =
          random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bad, random.nextInt(bad.length)) : bad;
      try {
        TreeBlob.check(cut, "bad");
      } catch (InputException e) {
        refused++;
        assertTrue(e.getMessage().startsWith("bad: "), e.getMessage());
      }
    }
    assertTrue(refused > TRIES / 4, refused + " refused");
    assertThrows(InputException.class, () -> TreeBlob.check(new byte[0], "none"));
    assertDoesNotThrow(() -> TreeBlob.check(good, "good"));
  }
}
