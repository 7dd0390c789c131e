/** Tests of the ELF reader: every refusal has a failing file. */
package dev.axon64.machine.elf;
