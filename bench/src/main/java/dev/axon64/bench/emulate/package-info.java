/** Whole programs on the emulator's engines and on its peers. */
package dev.axon64.bench.emulate;
