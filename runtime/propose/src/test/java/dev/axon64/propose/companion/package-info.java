/** Tests of the companion networks at work. */
package dev.axon64.propose.companion;
