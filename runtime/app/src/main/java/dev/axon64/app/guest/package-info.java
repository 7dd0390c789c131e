/** The program of a command that runs one: its options, and the Linux machine that it gets. */
package dev.axon64.app.guest;
