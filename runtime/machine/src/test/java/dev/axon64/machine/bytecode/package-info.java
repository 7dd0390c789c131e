/** Tests of legal IR as bytecode. */
package dev.axon64.machine.bytecode;
