/**
 * The state of one hardware thread of the guest, and the traps by which generated code stops it.
 */
package dev.axon64.machine.state;
