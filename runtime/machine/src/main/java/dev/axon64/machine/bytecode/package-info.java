/**
 * Legal IR as JVM bytecode. A peer of the printers that write instructions as source code, for code
 * that is made while the guest runs.
 */
package dev.axon64.machine.bytecode;
