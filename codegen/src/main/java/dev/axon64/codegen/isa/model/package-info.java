/** A checked instruction spec as data, from which every reader and backend works. */
package dev.axon64.codegen.isa.model;
