/** Ways to look at a guest's display: a web page, a window, an image in a file. */
package dev.axon64.app.display;
