/**
 * Watches programs and writes what the companion networks learn from: what each loop really was,
 * and which memory was really accessed next.
 */
package dev.axon64.propose.companion.record;
