package io.lodisc.model.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** The rows of a manifest.csv. */
final class CsvRows {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setTrim(true)
          .setIgnoreEmptyLines(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private CsvRows() {}

  static List<ManifestRow> read(String name, BufferedReader text) throws IOException {
    try (CSVParser records = FORMAT.parse(text)) {
      if (!records.getHeaderNames().contains("path")) {
        throw ManifestRow.bad(name, 1, "its header has no column 'path'", null);
      }
      List<ManifestRow> rows = new ArrayList<>();
      for (CSVRecord record : records) {
        rows.add(row(name, record, records.getCurrentLineNumber()));
      }
      return rows;
    }
  }

  private static ManifestRow row(String name, CSVRecord record, long line) {
    if (!record.isConsistent()) {
      throw ManifestRow.bad(
          name, line, "it has %d cells, not one for each column".formatted(record.size()), null);
    }
    Map<String, String> cells = new LinkedHashMap<>(record.toMap());
    cells.values().removeIf(String::isEmpty);
    return new ManifestRow(name, line, cells);
  }
}
