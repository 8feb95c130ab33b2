package io.lodisc.retrieval.imports;

import java.util.List;

/** What became of an archive. */
record Imported(int imported, List<Skipped> skipped) {

  /** A picture that was left out. */
  record Skipped(String path, String reason) {}
}
