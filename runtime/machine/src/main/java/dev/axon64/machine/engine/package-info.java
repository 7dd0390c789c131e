/** Engines: they fetch, let the network choose a kernel, and execute. */
package dev.axon64.machine.engine;
