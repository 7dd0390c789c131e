package dev.axon64.codegen.isa.ir;

import java.util.List;

/**
 * What a shared function may be computed by instead: a function of the machine underneath, which
 * gives the same value and changes nothing, or declines. Backends without such a function ignore
 * it.
 *
 * @param registers what it is given before the function's own arguments
 */
public record Shortcut(String name, List<Node.GetState> registers) {}
