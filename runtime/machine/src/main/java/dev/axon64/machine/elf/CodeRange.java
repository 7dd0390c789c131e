package dev.axon64.machine.elf;

/**
 * A run of bytes that may be executed.
 *
 * @param name the section's name, or {@code segment N}
 * @param address of the first byte in memory, unsigned; in a relocatable object counted from the
 *     section's start
 * @param offset of the first byte in the file
 * @param size in bytes
 */
public record CodeRange(String name, long address, int offset, int size) {}
