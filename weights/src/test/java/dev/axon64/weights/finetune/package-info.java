/** Tests of what decides whether a fine-tuned network takes over. */
package dev.axon64.weights.finetune;
