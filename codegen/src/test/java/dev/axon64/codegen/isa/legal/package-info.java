/** The passes that make the IR legal. */
package dev.axon64.codegen.isa.legal;
