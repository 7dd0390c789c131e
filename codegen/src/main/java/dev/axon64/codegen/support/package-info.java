/**
 * Helpers that every module uses: one-line errors for users, atomic writing and recognition of
 * files, digests, and services by name.
 */
package dev.axon64.codegen.support;
