/** What a program finds when it starts. */
package dev.axon64.linux.start;
