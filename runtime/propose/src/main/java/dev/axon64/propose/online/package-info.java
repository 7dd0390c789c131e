/**
 * Runs that learn: after a misdispatch the right kernel executes the word, the learner is told, and
 * the networks that it proposes take over between two turns of an engine, each for the words for
 * which it is proven.
 */
package dev.axon64.propose.online;
