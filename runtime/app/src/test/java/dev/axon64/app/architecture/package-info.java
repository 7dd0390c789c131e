/**
 * How the rooms of this project may depend on each other, checked on class files. Modules above
 * this one check themselves by the same rules.
 */
package dev.axon64.app.architecture;
