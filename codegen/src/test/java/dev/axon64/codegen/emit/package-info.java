/** Tests of what the backends write. */
package dev.axon64.codegen.emit;
