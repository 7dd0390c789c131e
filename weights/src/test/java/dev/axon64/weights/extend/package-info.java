/** A kernel more: spec, grown network, fine-tuning. */
package dev.axon64.weights.extend;
