/** Whole guests in the generated shader: their registers and memories as buffers, and back. */
package dev.axon64.metal.guest;
