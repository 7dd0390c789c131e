/** Learning on the run and kernels of a user's own, with all modules together. */
package dev.axon64.app.learn;
