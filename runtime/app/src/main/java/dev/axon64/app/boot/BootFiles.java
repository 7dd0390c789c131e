package dev.axon64.app.boot;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is put into memory.
 *
 * @param kernel a Linux kernel
 * @param initial its initial file system
 * @param command its command line
 * @param tree its device tree, if not the machine's own
 * @param loads bytes for other addresses
 * @param entry where to start if not in the kernel
 * @param restore a snapshot, in place of all these
 * @param save where snapshots are written
 */
record BootFiles(
    Optional<Path> kernel,
    Optional<Path> initial,
    String command,
    Optional<Path> tree,
    List<Load> loads,
    Optional<Long> entry,
    Optional<Path> restore,
    Optional<Path> save) {
  /** A file for a physical address. */
  record Load(long address, Path file) {}
}
