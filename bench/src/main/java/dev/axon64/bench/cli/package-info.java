/**
 * {@code axon64 bench}: which cases are measured, how they are run, and the table that comes of it.
 */
package dev.axon64.bench.cli;
