/** Tests of {@code run} as users call it: its options, its engines, and what it refuses. */
package dev.axon64.app.run;
