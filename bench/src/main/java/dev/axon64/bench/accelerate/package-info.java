/**
 * What acceleration is worth: whole {@code axon64 run} commands with and without it, in JVMs of
 * their own as a user starts them.
 */
package dev.axon64.bench.accelerate;
