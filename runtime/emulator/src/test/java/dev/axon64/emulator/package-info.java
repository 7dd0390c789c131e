/** Tests of the library. */
package dev.axon64.emulator;
