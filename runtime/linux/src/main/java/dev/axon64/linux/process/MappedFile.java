package dev.axon64.linux.process;

import dev.axon64.linux.fs.RegularFile;

/**
 * A file that is mapped.
 *
 * @param shared whether writes go to the file
 */
public record MappedFile(RegularFile file, boolean shared) {}
