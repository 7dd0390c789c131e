/** The privileged side of a processor: system registers, exceptions, and what EL1 asks for. */
package dev.axon64.system.cpu;
