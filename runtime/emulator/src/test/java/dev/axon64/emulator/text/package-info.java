/** Tests of operands. */
package dev.axon64.emulator.text;
