package io.lodisc.training.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Metrics as RFC 4180 has it: step, epoch, and a column a name; empty where nothing was measured.
 */
final class MetricsCsv implements Consumer<Metric>, AutoCloseable {

  private final Set<String> names;
  private final CSVPrinter printer;

  MetricsCsv(Set<String> names, Writer out) throws IOException {
    this.names = names;
    this.printer = new CSVPrinter(out, CSVFormat.RFC4180);
    List<String> header = new ArrayList<>(List.of("step", "epoch"));
    header.addAll(names);
    printer.printRecord(header);
  }

  @Override
  public void accept(Metric row) {
    List<Object> cells = new ArrayList<>(List.of(row.step(), row.epoch()));
    names.forEach(name -> cells.add(row.values().get(name)));
    try {
      printer.printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
