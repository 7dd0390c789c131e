/**
 * Reads ELF files for AArch64: headers, segments, sections and the code in them. Nothing a file
 * states about itself is used before it is known to lie within the file. A loader puts the segments
 * into a guest's memory.
 */
package dev.axon64.machine.elf;
