/** Runs programs under a model with kernels that a user added. */
package dev.axon64.machine.extend;
