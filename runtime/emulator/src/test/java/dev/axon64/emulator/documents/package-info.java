/** Tests of what documents say about the library. */
package dev.axon64.emulator.documents;
