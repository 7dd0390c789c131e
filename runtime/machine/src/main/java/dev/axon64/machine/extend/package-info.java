/** Runs programs under a model that has kernels of a user's own. */
package dev.axon64.machine.extend;
