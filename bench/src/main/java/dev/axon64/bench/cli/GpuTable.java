package dev.axon64.bench.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What devices did.
 *
 * @param host where
 * @param rounds of which the medians are
 * @param loads the columns of guests
 * @param rows the executor last
 */
record GpuTable(Host host, int rounds, List<String> loads, List<Row> rows) implements Report {
  /**
   * @param name of the device, or of what stands beside them
   * @param words million words a second
   * @param guests million instructions a second, by column; fewer where others were not measured
   */
  record Row(String name, double words, Map<String, Double> guests) {}

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(Figures.line("Devices, model a64. %s.", host.text()));
    out.append(
        Figures.line(
            "Medians of %s. Dispatch: million words a second, 1 M random words with the copies to"
                + " and from the device.",
            Figures.rounds(rounds)));
    out.append(Figures.line("Guests: million instructions a second, of all in sum.%n"));
    out.append(Figures.line("%-28s %12s %s", "", "dispatch", columns()));
    for (Row row : rows) {
      StringBuilder cells = new StringBuilder();
      for (String load : loads) {
        Double mips = row.guests.get(load);
        cells.append(
            String.format("%" + width(load) + "s", mips == null ? "-" : Figures.number(mips)));
      }
      out.append(Figures.line("%-28.28s %12s %s", row.name, Figures.number(row.words), cells));
    }
    return out.toString();
  }

  private String columns() {
    StringBuilder cells = new StringBuilder();
    loads.forEach(load -> cells.append(String.format("%" + width(load) + "s", load)));
    return cells.toString();
  }

  private static int width(String load) {
    return load.length() + 2;
  }

  @Override
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", host);
    root.put("rounds", rounds);
    root.put("devices", rows);
    return Figures.json(root);
  }
}
