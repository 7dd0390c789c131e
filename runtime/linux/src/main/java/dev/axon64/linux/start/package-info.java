/** Starts a program in a process: finds and reads it, maps its segments, and builds its stack. */
package dev.axon64.linux.start;
