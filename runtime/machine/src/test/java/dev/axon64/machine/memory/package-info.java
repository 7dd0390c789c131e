/** Tests memory against a plain model, and its special cases. */
package dev.axon64.machine.memory;
