/**
 * The learner of a program's run: what it knows, training on that, proofs case by case, and the
 * certificate at the end.
 */
package dev.axon64.weights.online;
