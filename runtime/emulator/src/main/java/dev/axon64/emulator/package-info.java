/** The emulator as a library, with memory, registers, hooks, runs and snapshots. */
package dev.axon64.emulator;
