package dev.axon64.metal.msl;

import java.util.List;

/** Source kept for later: a template or a member function, parsed anew for each use. */
record TokenSlice(List<Token> tokens, List<String> typeParameters, List<Boolean> isValue) {}
