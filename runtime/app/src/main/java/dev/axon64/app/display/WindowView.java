package dev.axon64.app.display;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.display.Area;
import dev.axon64.linux.display.Display;
import dev.axon64.linux.display.Input;
import dev.axon64.linux.display.Screen;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** A window of this computer's desktop that shows a display. */
final class WindowView implements DisplayView {
  private static final long PATIENCE = 1000;

  private final Display display;
  private final Screen screen;
  private final BufferedImage image;
  private final Panel panel = new Panel();
  private final JFrame frame = new JFrame("Axon64");
  private final Thread painter;

  /** Where the image is painted. */
  private final class Panel extends JPanel {
    private static final long serialVersionUID = 1;

    @Override
    protected void paintComponent(Graphics graphics) {
      synchronized (image) {
        graphics.drawImage(image, 0, 0, null);
      }
    }
  }

  private WindowView(Display display) {
    this.display = display;
    this.screen = display.screen();
    this.image = new BufferedImage(screen.width(), screen.height(), BufferedImage.TYPE_INT_RGB);
    this.painter = Thread.ofPlatform().daemon().name("axon64-display").unstarted(this::paint);
  }

  /**
   * Opens a window.
   *
   * @throws InputException if there is no desktop
   */
  static WindowView open(Display display) {
    try {
      if (!GraphicsEnvironment.isHeadless()) {
        WindowView view = new WindowView(display);
        SwingUtilities.invokeLater(view::show);
        view.painter.start();
        return view;
      }
    } catch (HeadlessException | UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw noDesktop(e);
    }
    throw noDesktop(null);
  }

  private static InputException noDesktop(Throwable cause) {
    return new InputException(
        "--display window", "needs a desktop, and there is none here; give web", cause);
  }

  private void show() {
    panel.setPreferredSize(new Dimension(screen.width(), screen.height()));
    panel.setFocusable(true);
    panel.setFocusTraversalKeysEnabled(false);
    WindowInput input = new WindowInput(display);
    panel.addKeyListener(input);
    panel.addMouseListener(input);
    panel.addMouseMotionListener(input);
    panel.addMouseWheelListener(input);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent event) {
            display.send(new Input.Close());
          }
        });
    frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    frame.setContentPane(panel);
    frame.setResizable(false);
    frame.pack();
    frame.setVisible(true);
    panel.requestFocusInWindow();
  }

  /** Brings what changes on the screen to the window. */
  private void paint() {
    long version = 0;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Screen.Update update = screen.await(version, PATIENCE);
        version = update.version();
        Area area = update.area();
        if (!area.isEmpty()) {
          synchronized (image) {
            image.setRGB(
                area.x(), area.y(), area.width(), area.height(), update.pixels(), 0, area.width());
          }
          panel.repaint(area.x(), area.y(), area.width(), area.height());
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    painter.interrupt();
    SwingUtilities.invokeLater(frame::dispose);
  }
}
