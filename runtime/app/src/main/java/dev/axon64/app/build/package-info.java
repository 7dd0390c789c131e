/**
 * What is written when Axon64 is built: which commit that was, completion for shells, pages for
 * man.
 */
package dev.axon64.app.build;
