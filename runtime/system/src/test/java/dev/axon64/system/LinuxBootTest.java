package dev.axon64.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.system.boot.KernelImage;
import dev.axon64.system.boot.LinuxBoot;
import dev.axon64.system.boot.PackedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * An unmodified Linux kernel, which {@code AXON64_KERNEL} names, with the initial file system that
 * {@code AXON64_INITRD} names. {@code .ci/boot-files} makes both.
 */
class LinuxBootTest {
  private static final long MOST = 400_000_000L;

  private static byte[] file(String variable) throws IOException {
    String name = System.getenv(variable);
    if (name == null) {
      System.out.println("Linux: skipped: " + variable + " names no file");
      Assumptions.abort("skipped: " + variable + " names no file");
    }
    return Files.readAllBytes(Path.of(name));
  }

  @Test
  void bootsTwiceAlikeAndSwitchesOff() throws IOException {
    byte[] kernel = PackedImage.unpack(file("AXON64_KERNEL"), "kernel");
    byte[] initial = file("AXON64_INITRD");
    CompletableFuture<TestMachine> other =
        CompletableFuture.supplyAsync(() -> boot(kernel, initial));
    TestMachine first = boot(kernel, initial);
    TestMachine second = other.join();
    assertTrue(first.sent().contains("SHELL-REACHED"), first.sent());
    assertEquals(first.sent(), second.sent());
    assertEquals(first.machine().executed(), second.machine().executed());
    System.out.printf("Linux: %,d instructions%n", first.machine().executed());
  }

  private static TestMachine boot(byte[] kernel, byte[] initial) {
    TestMachine machine =
        new TestMachine(
            Policy.PAGE, Models.shipped("a64"), MachineSettings.MEMORY, 1, (core, syndrome) -> {});
    new LinuxBoot(machine.machine())
        .start(
            KernelImage.of(kernel, "kernel"),
            Optional.of(initial),
            "console=ttyAMA0 axon=poweroff cryptomgr.notests",
            Optional.empty());
    assertEquals(MachineEnd.OFF, machine.machine().run(MOST));
    return machine;
  }
}
