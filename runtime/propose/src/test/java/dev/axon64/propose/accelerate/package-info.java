/** Tests of the checker of hot loops. */
package dev.axon64.propose.accelerate;
