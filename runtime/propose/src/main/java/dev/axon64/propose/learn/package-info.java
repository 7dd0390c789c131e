/**
 * Runs that learn: a misdispatch trap yields the right kernel, execution goes on, and learnt
 * networks take over between two turns of an engine.
 */
package dev.axon64.propose.learn;
