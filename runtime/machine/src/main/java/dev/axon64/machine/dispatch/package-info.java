/** Dispatch engines behind one interface, found through {@link java.util.ServiceLoader}. */
package dev.axon64.machine.dispatch;
