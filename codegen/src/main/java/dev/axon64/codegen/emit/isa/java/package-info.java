/** Generates Java that executes the instructions of one guest. */
package dev.axon64.codegen.emit.isa.java;
