/**
 * Learning while programs run: what is known, training on it, proofs case by case, certificates.
 */
package dev.axon64.weights.online;
