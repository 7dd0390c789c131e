package dev.axon64.propose.accelerate;

/**
 * A load or store of each iteration, by numbers in {@link Values}.
 *
 * @param bytes 1, 2, 4 or 8
 * @param value what is loaded or stored
 */
record Access(boolean store, int address, int bytes, int value) {}
