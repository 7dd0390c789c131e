/** Generates Java that executes many guests side by side, with vectors where that is possible. */
package dev.axon64.codegen.emit.isa.lanes;
