package dev.axon64.linux.process;

import dev.axon64.linux.fs.Node;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** A process's memory and where things lie in it; after vfork two processes share one. */
public final class ProcessMemory {
  public final AddressSpace space;
  public long breakStart;
  public long breakEnd;
  public long argumentStart;
  public long argumentEnd;
  public long environmentEnd;
  public long stackStart;

  /** How many processes use it. */
  public int users = 1;

  /** The program that runs in it; null if that is not known, as after a snapshot. */
  public RunningProgram program;

  /** The files of the program and of its loader, by the names of their mappings. */
  public final Map<String, Node> programFiles = new HashMap<>();

  /** The files that are mapped, which stay open as long as they are. */
  public final Map<Backing, MappedFile> mappedFiles = new HashMap<>();

  /** Which barriers of membarrier(2) it has registered for, as bits of the commands. */
  public int barriers;

  /** Whether huge pages are not wanted, which there are none of. */
  public boolean hugePagesDisabled;

  /** What a child does not get (MADV_DONTFORK), and what it gets as zeroes (MADV_WIPEONFORK). */
  public final PageRanges notForked = new PageRanges();

  public final PageRanges wipedOnFork = new PageRanges();

  public ProcessMemory(AddressSpace space) {
    this.space = space;
  }

  /** A copy for a child. */
  public ProcessMemory fork() {
    ProcessMemory child = new ProcessMemory(space.fork());
    child.breakStart = breakStart;
    child.breakEnd = breakEnd;
    child.argumentStart = argumentStart;
    child.argumentEnd = argumentEnd;
    child.environmentEnd = environmentEnd;
    child.stackStart = stackStart;
    child.barriers = barriers;
    child.hugePagesDisabled = hugePagesDisabled;
    child.program = program == null ? null : program.retain();
    child.programFiles.putAll(programFiles);
    mappedFiles.forEach(
        (backing, file) -> {
          file.file().retain();
          child.mappedFiles.put(backing, file);
        });
    wipedOnFork.forEach(
        (start, size) -> {
          child.space.discard(start, size);
          child.wipedOnFork.add(start, size);
        });
    notForked.forEach(child.space::unmap);
    child.dropUnmapped();
    return child;
  }

  /** Forgets the advice about a range, where something else is mapped from now on. */
  public void forgetAdvice(long start, long size) {
    notForked.remove(start, size);
    wipedOnFork.remove(start, size);
  }

  /** Releases files that are no longer mapped. */
  public void dropUnmapped() {
    if (mappedFiles.isEmpty()) {
      return;
    }
    Set<Backing> mapped = Collections.newSetFromMap(new IdentityHashMap<>());
    space.mappings().forEach(m -> mapped.add(m.backing()));
    mappedFiles
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !mapped.contains(entry.getKey());
              if (gone) {
                entry.getValue().file().release();
              }
              return gone;
            });
  }

  /** One process less uses it; the last one gives it back. */
  void release() {
    if (--users == 0) {
      space.clear();
      if (program != null) {
        program.release();
      }
      mappedFiles.values().forEach(f -> f.file().release());
      mappedFiles.clear();
    }
  }
}
