/** Learning from samples as they come. */
package dev.axon64.weights.online;
