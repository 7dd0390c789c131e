package dev.axon64.propose.accelerate;

/**
 * A load or store that each iteration does. Values are named by their numbers in {@link Values}.
 *
 * @param store whether it stores
 * @param address the number of the address
 * @param bytes 1, 2, 4 or 8
 * @param value the number of what is loaded or stored
 */
record Access(boolean store, int address, int bytes, int value) {}
