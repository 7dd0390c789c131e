/** System calls without a program: results, errors, and hostile arguments. */
package dev.axon64.linux.call;
