/** Puts a program into memory: its segments, and the stack that it finds. */
package dev.axon64.linux.start;
