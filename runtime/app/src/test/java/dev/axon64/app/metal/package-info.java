/** Tests of the metal subcommand. */
package dev.axon64.app.metal;
