/** Turns the syntax tree into the IR: checks widths, inlines functions, makes split copies. */
package dev.axon64.codegen.isa.elaborate;
