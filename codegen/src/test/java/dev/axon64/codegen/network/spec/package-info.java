/** Tests of the dispatch spec. */
package dev.axon64.codegen.network.spec;
