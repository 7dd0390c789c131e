/**
 * Signals as data: what is known of one, those that wait, what a process does at each, and the
 * frame on the guest's stack that a handler returns through. Who sends and delivers them is in
 * {@code linux.process}.
 */
package dev.axon64.linux.signal;
