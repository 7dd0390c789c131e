/**
 * The dispatch spec: a commented text file (grammar in its own header) parsed into a validated,
 * immutable model. Everything later, from the reference to the emitters, reads shapes from here.
 */
package dev.axon64.codegen.network.spec;
