package dev.axon64.app.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.display.Display;
import dev.axon64.linux.display.Input;
import dev.axon64.linux.display.Keys;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Plays chocolate-doom with Freedoom. The environment variable AXON64_DOOM names a folder with
 * Debian's arm64 packages of both, and of what they need.
 */
class DoomTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);

  /** Looks at the screen in a row that must be alike before it is taken to stand still. */
  private static final int STILL = 15;

  private final Display display = new Display(WIDTH, HEIGHT, true);
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private CompletableFuture<ExitStatus> start(String... more) {
    String root = System.getenv("AXON64_DOOM");
    assumeTrue(root != null, "AXON64_DOOM names no folder with arm64 chocolate-doom and freedoom");
    List<String> arguments =
        new ArrayList<>(List.of("-iwad", "/usr/share/games/doom/freedoom1.wad"));
    arguments.addAll(List.of("-window", "-nosound", "-nogui", "-geometry", WIDTH + "x" + HEIGHT));
    arguments.addAll(List.of(more));
    LinuxMachine machine =
        new LinuxMachine.Builder(
                EngineKinds.translating()
                    .open(ShippedDispatcher.A64.network(), Engines.Policy.PAGE, null))
            .flatMemory(true)
            .root(Path.of(root))
            .program("/usr/games/chocolate-doom")
            .arguments(arguments)
            .environment(List.of("HOME=/tmp", "SDL_AUDIODRIVER=dummy"))
            .stdout(output)
            .stderr(output)
            .display(display)
            .build();
    return CompletableFuture.supplyAsync(machine::run);
  }

  /** A part of the status bar: the digits of the ammunition or of the health. */
  private int[] digits(int left, int right) {
    int[] all = display.screen().all().pixels();
    int[] part = new int[0];
    for (int y = 410; y < 448; y++) {
      int[] row = Arrays.copyOfRange(all, y * WIDTH + left, y * WIDTH + right);
      part = Arrays.copyOf(part, part.length + row.length);
      System.arraycopy(row, 0, part, part.length - row.length, row.length);
    }
    return part;
  }

  private int[] ammunition() {
    return digits(32, 88);
  }

  private int[] health() {
    return digits(104, 205);
  }

  private static boolean isRed(int[] pixels) {
    return Arrays.stream(pixels).anyMatch(p -> p >> 16 > 150 && (p & 0xffff) < 0x4000);
  }

  /** The ammunition's digits when they stand still and are as is wanted. */
  private int[] awaitAmmunition(Predicate<int[]> wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    int[] last = ammunition();
    for (int alike = 0; alike < STILL || !wanted.test(last); ) {
      assertTrue(System.nanoTime() < end, "is seen in time");
      TimeUnit.MILLISECONDS.sleep(200);
      int[] now = ammunition();
      alike = Arrays.equals(last, now) ? alike + 1 : 0;
      last = now;
    }
    return last;
  }

  private void press(String key) throws InterruptedException {
    int code = Keys.code(key).orElseThrow();
    display.send(new Input.Key(code, true));
    TimeUnit.MILLISECONDS.sleep(300);
    display.send(new Input.Key(code, false));
  }

  @Test
  void aShotIsSeen() throws Exception {
    CompletableFuture<ExitStatus> run = start("-warp", "1", "1", "-skill", "1", "-nomonsters");
    int[] full = awaitAmmunition(DoomTest::isRed);
    int[] healthy = health();
    press("ControlLeft");
    awaitAmmunition(now -> isRed(now) && !Arrays.equals(now, full));
    assertArrayEquals(healthy, health(), "nobody was hurt");
    display.send(new Input.Close());
    TimeUnit.SECONDS.sleep(2);
    press("KeyY"); // it asks whether that is meant, and then shows a page until a key is pressed
    for (int i = 0; i < 30 && !run.isDone(); i++) {
      TimeUnit.SECONDS.sleep(1);
      press("Enter");
    }
    assertEquals(0, run.get(60, TimeUnit.SECONDS).shellCode());
  }

  @Test
  void aDemoIsTimed() throws Exception {
    CompletableFuture<ExitStatus> run = start("-timedemo", "demo1");
    run.get(300, TimeUnit.SECONDS);
    String text = output.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("timed 1531 gametics"), text);
  }
}
