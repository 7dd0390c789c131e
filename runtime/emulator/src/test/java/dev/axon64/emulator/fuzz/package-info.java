/** Tests of fuzzing. */
package dev.axon64.emulator.fuzz;
