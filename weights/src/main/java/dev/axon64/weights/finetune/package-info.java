/**
 * What decides whether a fine-tuned companion network takes over: recordings by program, the split
 * into programs to learn from and programs held out, the comparison of two networks, the gate, and
 * what came of it. Needs nothing that trains.
 */
package dev.axon64.weights.finetune;
