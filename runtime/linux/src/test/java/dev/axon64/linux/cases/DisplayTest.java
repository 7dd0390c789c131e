package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.display.Display;
import dev.axon64.linux.display.Input;
import dev.axon64.linux.display.Screen;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that draws on a display, and that somebody in front of it uses. */
class DisplayTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final int GROUND = 0x102030;

  private static final List<Input> INPUTS =
      List.of(
          new Input.Motion(15, 30),
          new Input.Button(1, true),
          new Input.Motion(90, 30),
          new Input.Button(1, false),
          new Input.Motion(16, 31),
          new Input.Key(50, true),
          new Input.Key(38, true),
          new Input.Key(38, false),
          new Input.Key(50, false),
          new Input.Key(300, true),
          new Input.Button(99, true),
          new Input.Close());

  private static final String TOLD =
      """
      DISPLAY=:0
      setup 1, version 11
      event 19
      exposed
      event 9
      error 1
      moved to 5,10
      button 1 down at 5,10
      moved to 80,10
      button 1 up at 80,10, state 256
      moved to 6,11
      key 50 down, state 0
      key 38 down, state 1
      key 38 up, state 1
      key 50 up, state 1
      key 44 down, state 0
      closes
      """;

  @TempDir Path folder;

  @Test
  void drawsAndIsUsed() throws Exception {
    check(List.of(), false);
  }

  @Test
  void isReachedByItsAbstractName() throws Exception {
    check(List.of("abstract"), true);
  }

  private void check(List<String> arguments, boolean writable) throws Exception {
    KernelCase program = KernelCase.compileForTheGuest(folder, "display");
    Display display = new Display(100, 80, true);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<ExitStatus> run =
          threads.submit(
              () ->
                  program
                      .machine(
                          Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null),
                          false,
                          output)
                      .writable(writable)
                      .workingFolder("/")
                      .arguments(arguments)
                      .display(display)
                      .build()
                      .run());
      int[] picture = drawn(display.screen());
      assertArrayEquals(expected(picture[0]), picture);
      INPUTS.forEach(display::send);
      assertEquals(0, run.get(60, TimeUnit.SECONDS).shellCode());
    }
    assertEquals(TOLD, output.toString(StandardCharsets.UTF_8));
  }

  /** The screen when the image has been put. */
  private static int[] drawn(Screen screen) throws InterruptedException {
    long version = 0;
    for (int i = 0; i < 100; i++) {
      version = screen.await(version, 1000).version();
      int[] all = screen.all().pixels();
      if ((all[(20 + HEIGHT - 1) * 100 + 10] & 0xff) == 0x80) {
        return all;
      }
    }
    throw new AssertionError("nothing was drawn");
  }

  private static int[] expected(int ground) {
    int[] all = new int[100 * 80];
    for (int i = 0; i < all.length; i++) {
      int x = i % 100 - 10;
      int y = i / 100 - 20;
      int row = y - HEIGHT / 2;
      boolean within = x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT;
      all[i] = !within ? ground : row < 0 ? GROUND : x * 4 << 16 | row * 8 << 8 | 0x80;
    }
    return all;
  }
}
