/** The generated dispatch shader as a dispatch engine. */
package dev.axon64.metal.engine;
