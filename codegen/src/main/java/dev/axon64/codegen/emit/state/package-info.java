/** The machine's registers and traps, as the spec declares them, as Java. */
package dev.axon64.codegen.emit.state;
