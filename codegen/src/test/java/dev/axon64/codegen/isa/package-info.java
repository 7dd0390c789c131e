/** Tests of the instruction language: what it refuses, what it means. */
package dev.axon64.codegen.isa;
