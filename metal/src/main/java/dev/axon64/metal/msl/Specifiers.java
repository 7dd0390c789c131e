package dev.axon64.metal.msl;

/**
 * What stands before the declarators of a declaration.
 *
 * @param type null for {@code auto}
 * @param space null if none is named
 */
record Specifiers(Type type, Space space, boolean isConst, boolean auto, Pos pos) {}
