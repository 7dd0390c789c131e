/** Shading languages: what they spell apart in the text that all shaders share. */
package dev.axon64.codegen.emit.shading;
