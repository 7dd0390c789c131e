/** {@code axon64 boot}: a whole machine with an operating system. */
package dev.axon64.app.boot;
