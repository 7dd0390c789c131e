/** From the syntax tree to the IR: widths checked, functions inlined, splits made. */
package dev.axon64.codegen.isa.elaborate;
