/** Holds the table to its arithmetic. */
package dev.axon64.bench.cli;
