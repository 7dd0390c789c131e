/** What is written beside trained weights: measurements, the model card, the learning curve. */
package dev.axon64.weights.card;
