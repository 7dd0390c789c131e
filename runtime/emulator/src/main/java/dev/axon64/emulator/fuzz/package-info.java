/**
 * Fuzzing of single functions in process: coverage, a harness that resets itself, a small fuzzer.
 */
package dev.axon64.emulator.fuzz;
