/**
 * Engines, which fetch instructions, let the network choose a kernel for each, and execute them.
 */
package dev.axon64.machine.engine;
