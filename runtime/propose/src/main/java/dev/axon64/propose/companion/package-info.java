/**
 * The companion networks at work: what they see, and what they propose. A proposal is a guess; who
 * uses one proves it first.
 */
package dev.axon64.propose.companion;
