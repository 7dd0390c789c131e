/** Tests of whole machines. */
package dev.axon64.system;
