/**
 * The commands {@code run} and {@code demo}. Options become an immutable {@link
 * dev.axon64.app.run.RunRequest}, {@link dev.axon64.app.run.RunRules} refuses what does not go
 * together, and {@link dev.axon64.app.run.Run} builds engine and machine, runs the guest and
 * reports. A feature of a run is a {@link dev.axon64.app.run.RunPart} beside its options.
 */
package dev.axon64.app.run;
