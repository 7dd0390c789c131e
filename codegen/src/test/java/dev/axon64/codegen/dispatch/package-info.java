/** Tests of generated dispatchers against the reference. */
package dev.axon64.codegen.dispatch;
