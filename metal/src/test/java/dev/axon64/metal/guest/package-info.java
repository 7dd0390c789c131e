/** The guest shader against the scalar kernels: instruction by instruction and whole programs. */
package dev.axon64.metal.guest;
