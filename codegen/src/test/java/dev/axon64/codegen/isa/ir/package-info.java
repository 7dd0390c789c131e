/** The passes over the IR. */
package dev.axon64.codegen.isa.ir;
