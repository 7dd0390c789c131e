/** Tests of what the emitters are given. */
package dev.axon64.codegen.emit.isa;
