package io.lodisc.standalone.demo;

import java.util.List;

/**
 * What the demo measured.
 *
 * @param seconds of the whole run
 */
record DemoResult(List<Row> rows, double seconds) {

  /**
   * One evaluation; shares are fractions of 1.
   *
   * @param encoder pixels, untrained, starter or trained
   * @param queries plain or shaken
   */
  record Row(String encoder, String queries, double rank1, double rank5, double mAP) {}
}
