package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A folder of the host, which knows its parent and name and so stays the same when it is moved. */
final class HostFolder extends DirectoryNode {
  private static final int RENAME_EXCHANGE = 2;

  private final HostTree tree;
  private final Map<String, WeakReference<HostFolder>> folders = new HashMap<>();
  private final FileNames names = new FileNames(this);
  private HostFolder above;
  private String name;

  /** What it was when it was removed; null before. */
  private Stat removed;

  HostFolder(HostTree tree, HostFolder above, String name) {
    this.tree = tree;
    this.above = above;
    this.name = name;
  }

  HostTree tree() {
    return tree;
  }

  Path below(Path root) {
    if (removed != null) {
      throw new SysError(Errno.ENOENT);
    }
    return above == null ? root : HostNames.resolve(above.below(root), name);
  }

  /** The path of a name in this folder on the host, where the name may be a link. */
  Path place(String child) {
    Path folder = tree.place(this);
    try {
      Path place = HostNames.resolve(folder, child);
      if (!folder.equals(place.getParent())) {
        throw new SysError(Errno.EACCES); // the host has another separator
      }
      return place;
    } catch (InvalidPathException e) {
      throw new SysError(Errno.EILSEQ);
    }
  }

  @Override
  public Stat stat() {
    return removed != null ? removed : HostStat.of(tree.place(this));
  }

  @Override
  public DirectoryNode parent() {
    return above == null || above.above == null ? tree.guestRoot() : above;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Node lookup(String child) {
    Node kept = tree.kept().find(this, child);
    if (kept != null) {
      return kept;
    }
    Stat stat;
    try {
      stat = HostStat.of(place(child));
    } catch (SysError e) {
      if (e.errno == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
    return switch (stat.type()) {
      case Flags.S_IFDIR -> folder(child);
      case Flags.S_IFLNK -> new HostLink(this, child);
      default -> new HostFile(this, child);
    };
  }

  private HostFolder folder(String child) {
    WeakReference<HostFolder> known = folders.get(child);
    HostFolder folder = known == null ? null : known.get();
    if (folder == null) {
      folder = new HostFolder(tree, this, child);
      folders.put(child, new WeakReference<>(folder));
    }
    return folder;
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(tree.kept().names(this));
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(tree.place(this))) {
      stream.forEach(p -> names.add(HostNames.name(p)));
    } catch (IOException e) {
      throw HostTree.error(e);
    } catch (DirectoryIteratorException e) {
      throw HostTree.error(e.getCause());
    }
    return names;
  }

  @Override
  public FileNode createFile(String child, int mode) {
    tree.change(
        () -> {
          Path place = place(child);
          FileChannel.open(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
          HostAttributes.setMode(new HostInode.Way(place, false), mode);
        });
    return new HostFile(this, child);
  }

  /** Makes it with a name that goes at once; the host's own call for that is out of reach. */
  @Override
  public Nameless createNameless(int mode, boolean linkable) {
    String hidden = ".nameless-" + UUID.randomUUID();
    FileNode file = createFile(hidden, mode);
    try {
      return new Nameless(file, file.open(true));
    } finally {
      removeFile(hidden);
    }
  }

  @Override
  public DirectoryNode createDirectory(String child, int mode) {
    tree.change(
        () -> {
          Path place = place(child);
          Files.createDirectory(place);
          HostAttributes.setMode(new HostInode.Way(place, false), mode);
        });
    return folder(child);
  }

  @Override
  public void createLink(String child, String target) {
    tree.change(
        () -> {
          try {
            Files.createSymbolicLink(place(child), HostNames.path(target));
          } catch (InvalidPathException e) {
            throw new SysError(Errno.EILSEQ);
          }
        });
  }

  @Override
  public void createFifo(String child, int mode) {
    tree.checkWritable();
    tree.kept().addFifo(this, child, mode);
  }

  @Override
  public SocketNode createSocket(String child, int mode) {
    tree.checkWritable();
    return tree.kept().addSocket(this, child, mode);
  }

  @Override
  public void addName(String child, Node node) {
    if (node instanceof DirectoryNode) {
      throw new SysError(Errno.EPERM);
    }
    tree.checkWritable();
    if (tree.kept().link(this, child, node)) {
      return;
    }
    if (!(node instanceof HostFile file) || file.tree() != tree) {
      throw new SysError(Errno.EXDEV);
    }
    HostInode.Way way = file.way();
    if (way.link()) {
      throw new SysError(Errno.ENOENT); // its last name has been removed
    }
    tree.change(() -> Files.createLink(place(child), way.path()));
  }

  @Override
  public void removeFile(String child) {
    tree.change(
        () -> {
          if (tree.kept().remove(this, child)) {
            return;
          }
          Path place = place(child);
          if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new SysError(Errno.EISDIR);
          }
          Files.delete(place);
        });
    names.remove(child);
  }

  @Override
  FileName hold(String child) {
    return names.hold(child);
  }

  @Override
  public void removeDirectory(String child) {
    tree.change(
        () -> {
          Path place = place(child);
          if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(child);
          }
          if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new SysError(Errno.ENOTDIR);
          }
          if (folders.containsKey(child) && !tree.kept().names(folder(child)).isEmpty()) {
            throw new SysError(Errno.ENOTEMPTY);
          }
          Stat before = HostStat.of(place);
          Files.delete(place);
          forget(child, before);
        });
  }

  private void forget(String child, Stat before) {
    WeakReference<HostFolder> known = folders.remove(child);
    if (known != null && known.get() != null) {
      known.get().removed = before.withoutNames();
    }
  }

  @Override
  public void rename(String child, DirectoryNode to, String newName) {
    tree.checkWritable();
    if (!(to.unwrapped() instanceof HostFolder target) || target.tree != tree) {
      throw new SysError(Errno.EXDEV);
    }
    if (moveKept(child, target, newName)) {
      return;
    }
    Node replaced = target.folders.containsKey(newName) ? target.lookup(newName) : null;
    Stat before = replaced instanceof HostFolder ? replaced.stat() : null;
    tree.change(
        () ->
            Files.move(
                place(child),
                target.place(newName),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING));
    tree.kept().remove(target, newName);
    names.move(child, target.names, newName);
    if (before != null) {
      target.forget(newName, before);
    }
    WeakReference<HostFolder> moved = folders.remove(child);
    if (moved != null && moved.get() != null) {
      moved.get().above = target;
      moved.get().name = newName;
      target.folders.put(newName, moved);
    }
  }

  /** Moves what the host does not have over what may have the new name; false if it has it. */
  private boolean moveKept(String child, HostFolder target, String newName) {
    Node moved = tree.kept().find(this, child);
    Node replaced = moved == null ? null : target.lookup(newName);
    if (replaced != null && replaced != moved) {
      target.removeFile(newName);
    }
    if (moved != null && replaced != moved) {
      tree.kept().move(this, child, target, newName);
    }
    return moved != null;
  }

  @Override
  public void exchange(String child, DirectoryNode to, String other) {
    tree.checkWritable();
    if (!(to.unwrapped() instanceof HostFolder target) || target.tree != tree) {
      throw new SysError(Errno.EXDEV);
    }
    try (Arena arena = Arena.ofConfined()) {
      HostCalls.call(
          "renameat2",
          HostCalls.HERE,
          HostCalls.path(arena, place(child)),
          HostCalls.HERE,
          HostCalls.path(arena, target.place(other)),
          RENAME_EXCHANGE);
    }
    names.exchange(child, target.names, other);
    WeakReference<HostFolder> mine = folders.remove(child);
    WeakReference<HostFolder> theirs = target.folders.remove(other);
    target.take(other, mine);
    take(child, theirs);
  }

  /** Gives a name to a folder that has another one so far. */
  private void take(String child, WeakReference<HostFolder> known) {
    HostFolder folder = known == null ? null : known.get();
    if (folder != null) {
      folder.above = this;
      folder.name = child;
      folders.put(child, known);
    }
  }

  @Override
  Attributes attributes() {
    return new HostAttributes(tree, () -> new HostInode.Way(tree.place(this), false));
  }
}
