/** The emulator as a library: memory, registers, hooks, runs, snapshots. */
package dev.axon64.machine.emulator;
