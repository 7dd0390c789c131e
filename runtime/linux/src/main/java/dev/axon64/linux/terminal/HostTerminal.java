package dev.axon64.linux.terminal;

import java.io.IOException;
import java.io.InputStream;

/** The terminal of the host that a machine's own terminal is shown on. */
public interface HostTerminal {
  /**
   * What is typed on it, for a guest whose standard input is something else.
   *
   * @throws IOException if it cannot be opened
   */
  InputStream keyboard() throws IOException;

  /** Its window. */
  WindowSize size();

  /** The modes that it has while nothing is asked of it. */
  default Modes modes() {
    return Modes.USUAL;
  }

  /**
   * Lets it pass on what is typed as it is typed, without echo, and treat what is written as these
   * modes ask. Called again when they change.
   *
   * @return whether it does; if not, it edits and echoes lines itself
   */
  boolean enter(Modes modes);

  /** Puts it back into the modes that it had first. */
  void leave();

  /** Puts it back, and stops the emulator until somebody continues it. */
  void suspend();

  /** One that does nothing, for streams that are all there is: a window of 24 by 80. */
  HostTerminal NONE =
      new HostTerminal() {
        @Override
        public InputStream keyboard() {
          return InputStream.nullInputStream();
        }

        @Override
        public WindowSize size() {
          return WindowSize.USUAL;
        }

        @Override
        public boolean enter(Modes modes) {
          return true;
        }

        @Override
        public void leave() {
          // nothing to put back
        }

        @Override
        public void suspend() {
          // whoever made the streams goes on
        }
      };
}
