/**
 * Random instructions, and an emulator nobody here wrote that says what they do: libunicorn2,
 * called through java.lang.foreign where it is installed.
 */
package dev.axon64.machine.oracle;
