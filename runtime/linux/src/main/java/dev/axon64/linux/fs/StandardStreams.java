package dev.axon64.linux.fs;

/**
 * The open files that the first process of a machine has as descriptors 0, 1 and 2; null for those
 * that are closed.
 */
public record StandardStreams(OpenFile input, OpenFile output, OpenFile error) {}
