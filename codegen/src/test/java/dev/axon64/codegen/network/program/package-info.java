/** Tests of the lowering, the functions and the emitters of tensor programs. */
package dev.axon64.codegen.network.program;
