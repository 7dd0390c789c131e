/** Instructions in assembly, taken apart: mnemonics and operands as objects. */
package dev.axon64.emulator.text;
