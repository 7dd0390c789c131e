/** Instructions as Java that executes one guest after the other. */
package dev.axon64.codegen.emit.isa.java;
