/** Generates a shader in the Metal Shading Language that runs whole guests. */
package dev.axon64.codegen.emit.isa.metal;
