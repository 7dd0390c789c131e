package dev.axon64.codegen.isa.ir;

import java.util.List;
import java.util.Optional;

/**
 * A function that is generated once and called.
 *
 * @param name unique, with the widths it was made for
 * @param result its value, in terms of the body's locals
 */
public record SharedFunction(
    String name,
    List<Node.Local> parameters,
    Optional<Shortcut> shortcut,
    List<Effect> body,
    Optional<Node> result) {}
