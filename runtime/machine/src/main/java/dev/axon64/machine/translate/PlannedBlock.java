package dev.axon64.machine.translate;

import dev.axon64.machine.translate.Meaning.Instruction;
import java.util.List;
import java.util.Map;

/**
 * A block that a region is to have.
 *
 * @param number its place in the region's order
 * @param instructions one behind the other; only the last may branch or be impossible
 * @param leads the numbers of the blocks that it leads to, by the addresses that lead there
 * @param returns whether it returns to one of several calls, all of which may be in the region
 */
record PlannedBlock(
    int number, List<Instruction> instructions, Map<Long, Integer> leads, boolean returns) {}
