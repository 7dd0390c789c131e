/** Guests that snapshots interrupt, snapshots that are damaged, and pages fetched ahead. */
package dev.axon64.linux.snapshot;
