/** Generates a shader that runs whole guests. */
package dev.axon64.codegen.emit.isa.shader;
