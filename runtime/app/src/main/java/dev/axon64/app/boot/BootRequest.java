package dev.axon64.app.boot;

import dev.axon64.app.options.ModelOptions;
import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.system.MachineSettings;
import dev.axon64.system.net.Forward;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to boot, and how.
 *
 * @param disks the machine's disks
 * @param links its network and console
 * @param limit the most instructions
 * @param trace where exceptions are written
 * @param stats whether to tell what was executed
 */
record BootRequest(
    BootFiles files,
    Disks disks,
    Links links,
    MachineSettings settings,
    ModelOptions.Choice model,
    Policy policy,
    long limit,
    Optional<Path> trace,
    boolean stats) {
  /**
   * Disks.
   *
   * @param files what is on them
   * @param writable whether the files change
   */
  record Disks(List<Path> files, boolean writable) {}

  /**
   * What leads out of the machine.
   *
   * @param network whether it has one
   * @param forwards ports that lead to it
   * @param console whether the terminal is a virtio console
   * @param share a folder that it can read
   */
  record Links(boolean network, List<Forward> forwards, boolean console, Optional<Path> share) {}
}
