package dev.axon64.linux.process;

/** A node of /proc that may stand for a process. */
public interface ProcessNode {
  /** The process whose folder it is; null if it is none's, or one within such a folder. */
  Process itsProcess();
}
