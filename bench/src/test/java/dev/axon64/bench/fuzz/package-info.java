/** Tests of the functions that are called. */
package dev.axon64.bench.fuzz;
