/** What is written beside trained weights: the model card and the pictures of training. */
package dev.axon64.weights.card;
