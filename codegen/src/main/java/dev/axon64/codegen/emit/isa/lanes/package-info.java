/** Instructions as Java that executes many guests side by side, by vectors where it can. */
package dev.axon64.codegen.emit.isa.lanes;
