/** The {@code metal} subcommand: check shaders and run their kernels on files. */
package dev.axon64.app.metal;
