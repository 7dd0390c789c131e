/** Tests of the kit, and of the engines by it. */
package dev.axon64.testkit;
