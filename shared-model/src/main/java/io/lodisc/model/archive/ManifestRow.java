package io.lodisc.model.archive;

import io.lodisc.model.archive.ArchiveException.Reason;
import java.util.Map;

/**
 * A line of a manifest.
 *
 * @param cells by column; empty ones left out
 */
record ManifestRow(String manifest, long line, Map<String, String> cells) {

  String cell(String column) {
    return cells.get(column);
  }

  String where() {
    return "%s, line %d".formatted(manifest, line);
  }

  ArchiveException bad(String what) {
    return bad(manifest, line, what, null);
  }

  static ArchiveException bad(String manifest, long line, String what, Exception cause) {
    return new ArchiveException(
        Reason.BAD_MANIFEST, "%s, line %d: %s".formatted(manifest, line, what), cause);
  }
}
