package dev.axon64.app.run;

import dev.axon64.app.display.DisplayRequest;
import dev.axon64.app.display.DisplayView;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.display.Display;
import java.io.PrintWriter;

/** Shows what the guest draws. */
final class Displaying implements RunPart {
  private final DisplayRequest request;
  private final PrintWriter err;
  private DisplayView view;

  Displaying(DisplayRequest request, PrintWriter err) {
    this.request = request;
    this.err = err;
  }

  @Override
  public void prepare(LinuxMachine.Builder machine) {
    Display display = new Display(request.width(), request.height(), request.view().isAttended());
    view = DisplayView.open(request, display, err);
    machine.display(display);
  }

  @Override
  public void close() {
    if (view != null) {
      view.close();
    }
  }
}
