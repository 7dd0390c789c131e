/** Tests of {@code disasm} beside objdump. */
package dev.axon64.app.disasm;
