/** The command {@code disasm}. */
package dev.axon64.app.disasm;
