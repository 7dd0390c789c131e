/**
 * The companion networks at work: what they see, and what they propose. A proposal is a guess,
 * which its user proves first.
 */
package dev.axon64.propose.companion;
