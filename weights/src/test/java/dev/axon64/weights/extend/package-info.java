/** One more kernel: spec, grown network, fine-tuning. */
package dev.axon64.weights.extend;
