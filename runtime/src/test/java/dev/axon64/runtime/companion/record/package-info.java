/** Tests of what is recorded for training. */
package dev.axon64.runtime.companion.record;
