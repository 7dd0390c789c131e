/**
 * The command {@code trace}. What is made of the instructions of a run is an {@link
 * dev.axon64.app.trace.Observation}: writing them, simulating caches, or recording what companion
 * networks learn from.
 */
package dev.axon64.app.trace;
