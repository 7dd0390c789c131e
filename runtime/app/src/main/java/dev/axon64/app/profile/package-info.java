/**
 * The command {@code profile}: where a program spends its instructions, by guest function, and what
 * became of its hot code.
 */
package dev.axon64.app.profile;
