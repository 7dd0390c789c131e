/** A user's own instruction: a kernel more in the spec, an output more in the network. */
package dev.axon64.weights.extend;
