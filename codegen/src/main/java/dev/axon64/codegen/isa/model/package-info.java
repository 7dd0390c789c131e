/** A checked instruction spec as data: what every reader and backend is given. */
package dev.axon64.codegen.isa.model;
