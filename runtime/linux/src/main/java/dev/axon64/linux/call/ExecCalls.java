package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.start.ProgramStart;
import dev.axon64.linux.start.StartStack;
import java.util.List;

/** Calls that replace the program of a process. */
final class ExecCalls implements CallGroup {
  private final Kernel kernel;
  private final ProgramStart programs;

  ExecCalls(Kernel kernel) {
    this.kernel = kernel;
    this.programs = new ProgramStart(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.EXECVE, (t, a) -> exec(t, Flags.AT_FDCWD, a[0], a[1], a[2], 0));
    table.bind(SystemCall.EXECVEAT, (t, a) -> exec(t, a[0], a[1], a[2], a[3], a[4]));
  }

  private long exec(Task task, long folder, long path, long argv, long envp, long flags) {
    int id = task.id;
    Guest.checkFlags(flags, Flags.AT_EMPTY_PATH | Flags.AT_SYMLINK_NOFOLLOW);
    String name = Guest.path(task, path);
    List<byte[]> arguments = Guest.strings(task, argv, StartStack.MOST_BYTES);
    List<byte[]> environment = Guest.strings(task, envp, StartStack.MOST_BYTES);
    if (name.isEmpty() && (flags & Flags.AT_EMPTY_PATH) != 0) {
      OpenFile file = Guest.file(task, folder);
      PathWalk.Place place = PathWalk.Place.of(file.node());
      programs.exec(task, place, file.path(), arguments, environment);
    } else {
      PathWalk.Place place = Guest.walk(task, folder, name, Guest.follows(flags));
      if (place.existing() instanceof LinkNode link && link.jump() == null) {
        throw new SysError(Errno.ELOOP); // which was not to be followed
      }
      programs.exec(task, place, shown(task, folder, name), arguments, environment);
    }
    kernel.tracedCalls.executed(task, id);
    return 0;
  }

  /** The path that the program is told; one that starts at an open folder is made absolute. */
  private static String shown(Task task, long folder, String name) {
    boolean relative = !name.startsWith("/") && (int) folder != Flags.AT_FDCWD;
    return relative && Guest.file(task, folder) instanceof DirectoryFile directory
        ? directory.directory().path(name)
        : name;
  }
}
