package dev.axon64.metal.msl;

/**
 * One declared name with its type.
 *
 * @param name null if there is none
 * @param type of what it names, or of what a reference refers to; null for {@code auto}
 * @param space null if none is named
 * @param openArray true for an array whose first size is left out
 */
record Declarator(
    String name,
    Type type,
    Space space,
    boolean isConst,
    boolean reference,
    boolean openArray,
    Pos pos) {}
