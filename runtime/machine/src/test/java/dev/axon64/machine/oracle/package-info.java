/**
 * Compares random instructions with an independent emulator: libunicorn2, called through
 * java.lang.foreign where it is installed.
 */
package dev.axon64.machine.oracle;
