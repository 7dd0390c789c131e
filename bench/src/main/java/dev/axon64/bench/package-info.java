/** Axon64 bench. */
package dev.axon64.bench;
