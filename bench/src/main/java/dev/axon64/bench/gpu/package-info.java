/** Measures devices, beside lanes: dispatch, and many guests at once. */
package dev.axon64.bench.gpu;
