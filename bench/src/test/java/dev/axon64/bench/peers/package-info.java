/** Holds the peers against labels and reference. */
package dev.axon64.bench.peers;
