/**
 * The front end of the Metal Shading Language subset: preprocessor, lexer, parser, types and
 * checker. Its result is a typed tree in which every conversion is explicit.
 */
package dev.axon64.metal.msl;
