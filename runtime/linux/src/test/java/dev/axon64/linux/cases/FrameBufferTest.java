package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.display.Display;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that draws on /dev/fb0; what it is told follows drivers/video/fbdev of Linux. */
class FrameBufferTest {
  private static final int WIDTH = 100;
  private static final int HEIGHT = 80;

  private static final String TOLD =
      """
      mode 20660 device 29:0 group 44
      ioctl(fd, FBIOGET_VSCREENINFO, &v): 0\s
      ioctl(fd, FBIOGET_FSCREENINFO, &f): 0\s
      100x80 of 100x80, 32 bits, red 16+8 green 8+8 blue 0+8
      Axon64: 32000 bytes, 400 a line, type 0 visual 2
      ioctl(fd, FBIOPUT_VSCREENINFO, &v): 0\s
      still 100
      ioctl(fd, FBIOPAN_DISPLAY, &v): 0\s
      ioctl(fd, FBIOPAN_DISPLAY, &v): -1 Invalid argument
      ioctl(fd, FBIOBLANK, 0): -1 Invalid argument
      ioctl(fd, FBIO_WAITFORVSYNC, &v): -1 Inappropriate ioctl for device
      ioctl(fd, TIOCGWINSZ, &v): -1 Inappropriate ioctl for device
      pwrite(fd, row, sizeof row, 4): 16\s
      lseek(fd, 2 * f.line_length, SEEK_SET): 800\s
      write(fd, row, sizeof row): 16\s
      pread(fd, row, 8, f.line_length): 8\s
      read ff000100 ff010100
      mapped ff0000
      pread(fd, row, 8, f.smem_len): 0\s
      pwrite(fd, row, 16, f.smem_len - 8): 8\s
      pwrite(fd, row, 8, f.smem_len): -1 No space left on device
      pwrite(fd, row, 8, f.smem_len + 4): -1 File too large
      ftruncate(fd, 5): -1 Invalid argument
      child's abcdef 123456
      write(r, row, 4): -1 Bad file descriptor
      mmap(0, 4096, PROT_WRITE, MAP_SHARED, r, 0) == MAP_FAILED ? -1 : 0: -1 Permission denied
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsWhatIsDrawn(boolean flat) throws IOException, InterruptedException {
    KernelCase program = KernelCase.compileForTheGuest(folder, "frame");
    Display display = new Display(WIDTH, HEIGHT, false);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        program
            .machine(
                Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null),
                flat,
                output)
            .display(display)
            .build()
            .run();
    assertEquals(TOLD, output.toString(StandardCharsets.UTF_8));
    assertEquals(0, status.shellCode());
    assertArrayEquals(expected(), display.screen().all().pixels());
  }

  private static int[] expected() {
    int[] all = new int[WIDTH * HEIGHT];
    for (int i = 0; i < all.length; i++) {
      all[i] = i % WIDTH << 16 | i / WIDTH << 8;
    }
    int[] row = {0xffffff, 0xff0000, 0x00ff00, 0x0000ff};
    System.arraycopy(row, 0, all, 1, row.length);
    System.arraycopy(row, 0, all, 2 * WIDTH, row.length);
    all[5] = 0xabcdef;
    all[all.length - 2] = 0x000100; // what was read of the second line
    all[all.length - 1] = 0x123456;
    return all;
  }
}
