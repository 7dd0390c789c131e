package dev.axon64.app.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Snapshots that a run begins and ends with.
 *
 * @param file the file to write a snapshot to, and end
 * @param after instructions since the guest began, at which it is written
 * @param restored the snapshot to go on with
 */
record SnapshotRequest(Optional<Path> file, Optional<Long> after, Optional<Path> restored) {}
