/** Axon64 weights. */
package dev.axon64.weights;
