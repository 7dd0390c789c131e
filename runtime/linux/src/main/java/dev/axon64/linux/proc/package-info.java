/**
 * The guest's /proc: the most used of its files, made from the kernel's state when they are read.
 */
package dev.axon64.linux.proc;
