/**
 * Turns hot guest code into JVM methods. The network has chosen the kernel of each word, and the
 * kernel the instruction; the instruction's meaning, as the spec has it, is put together block by
 * block in single assignments, and one method is written for all blocks that can reach each other.
 * What a method cannot do, it leaves to the scalar engine: it writes all registers back and says
 * where to go on.
 */
package dev.axon64.machine.translate;
