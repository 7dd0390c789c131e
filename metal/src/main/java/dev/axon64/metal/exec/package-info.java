/** Programs, kernels and grids: what runs a compiled shader over buffers on all cores. */
package dev.axon64.metal.exec;
