/** Tests of the training of the companion networks. */
package dev.axon64.weights.companion;
