/** Tests of what is recorded for training. */
package dev.axon64.propose.companion.record;
