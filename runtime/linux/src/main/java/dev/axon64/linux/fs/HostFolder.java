package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A folder of the host, which knows its parent and name and so stays the same when it is moved. */
final class HostFolder extends DirectoryNode {
  private final HostTree tree;
  private final HostFolders folders = new HostFolders(this);
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
      case Flags.S_IFDIR -> folders.get(child);
      case Flags.S_IFLNK -> new HostLink(this, child);
      default -> new HostFile(this, child);
    };
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

  /** Makes it with a name that goes at once, where the host's own way is out of reach. */
  @Override
  public Nameless createNameless(int mode, boolean linkable) {
    tree.checkWritable();
    Nameless made = HostNameless.make(this, tree.place(this), mode, linkable);
    if (made != null) {
      return made;
    }
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
    return folders.get(child);
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
    tree.checkWritable();
    if (way.link()) {
      HostNameless.link(way.path(), place(child));
    } else {
      tree.change(() -> Files.createLink(place(child), way.path()));
    }
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
          Stat before = HostStat.of(place);
          if (before.type() != Flags.S_IFDIR) {
            throw new SysError(Errno.ENOTDIR);
          }
          if (folders.isKnown(child) && !tree.kept().names(folders.get(child)).isEmpty()) {
            throw new SysError(Errno.ENOTEMPTY);
          }
          Files.delete(place);
          folders.remove(child, before);
        });
  }

  /** It is removed; what it was stays known. */
  void remove(Stat before) {
    removed = before.withoutNames();
  }

  /** It is moved into a folder. */
  void move(HostFolder to, String newName) {
    above = to;
    name = newName;
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
    Node replaced = target.folders.isKnown(newName) ? target.lookup(newName) : null;
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
      target.folders.remove(newName, before);
    }
    folders.move(child, target.folders, newName);
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
    if (tree.kept().find(this, child) != null || tree.kept().find(target, other) != null) {
      throw new SysError(Errno.EINVAL); // the host does not have them
    }
    HostNames.exchange(place(child), target.place(other));
    names.exchange(child, target.names, other);
    folders.exchange(child, target.folders, other);
  }

  @Override
  Attributes attributes() {
    return new HostAttributes(tree, () -> new HostInode.Way(tree.place(this), false));
  }
}
