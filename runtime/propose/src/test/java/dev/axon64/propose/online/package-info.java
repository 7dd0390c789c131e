/** Runs that learn, with learners that are scripted. */
package dev.axon64.propose.online;
