/** Tests of the documents: their links, the paths that they name, the examples that they show. */
package dev.axon64.app.documents;
