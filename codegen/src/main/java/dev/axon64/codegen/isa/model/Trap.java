package dev.axon64.codegen.isa.model;

/** A declared way to stop the guest. */
public record Trap(String name) {}
