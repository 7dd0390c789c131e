/**
 * Terminals: their modes, line discipline and job control, pseudoterminals, the host's terminal.
 */
package dev.axon64.linux.terminal;
