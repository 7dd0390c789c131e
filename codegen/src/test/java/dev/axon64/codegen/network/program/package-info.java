/** Tests of the lowering, the functions and the emitters of loops. */
package dev.axon64.codegen.network.program;
