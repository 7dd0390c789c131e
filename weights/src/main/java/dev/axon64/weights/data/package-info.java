/** What the trainer learns from: the sampled data set and the complete decision domain. */
package dev.axon64.weights.data;
