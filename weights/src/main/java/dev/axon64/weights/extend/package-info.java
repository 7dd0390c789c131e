/** A user's own instructions: one more kernel in the spec, one more output in the network. */
package dev.axon64.weights.extend;
