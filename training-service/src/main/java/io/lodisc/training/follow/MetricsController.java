package io.lodisc.training.follow;

import io.lodisc.training.ApiRole;
import io.lodisc.training.follow.MetricSeries.Series;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@ApiRole
@RestController
class MetricsController {

  private static final int MOST_POINTS = 10_000;

  record AllSeries(List<Series> series) {}

  private final MetricSeries metrics;

  MetricsController(MetricSeries metrics) {
    this.metrics = metrics;
  }

  /**
   * Tells what a job measured: series as JSON, or every row as CSV.
   *
   * @param names of series, whole or their ends; all if left out
   * @param points most points of a series, in JSON alone; a longer series is averaged
   * @param format if left out, what the header Accept prefers, JSON otherwise
   */
  @GetMapping("/api/v1/jobs/{id}/metrics")
  AllSeries metrics(
      @PathVariable String id,
      @RequestParam(required = false) List<String> names,
      @RequestParam(required = false) String points,
      @RequestParam(required = false) String format,
      @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept,
      HttpServletResponse response)
      throws IOException {
    if (!metrics.exists(id)) {
      throw Queries.noSuch(id);
    }
    Set<String> chosen = chosen(id, names);
    if (MetricsFormat.of(format, accept) == MetricsFormat.JSON) {
      int most = (int) Queries.number("points", points, 500, 1, MOST_POINTS);
      return new AllSeries(metrics.read(id, List.copyOf(chosen), most));
    }
    if (points != null) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "'points' is for JSON; CSV has every row.",
          "Leave 'points' out.");
    }
    response.setContentType("text/csv;charset=UTF-8");
    try (MetricsCsv csv = new MetricsCsv(chosen, response.getWriter())) {
      metrics.rows(id, chosen, csv);
    } catch (UncheckedIOException e) {
      // The reader is gone.
    }
    return null;
  }

  /**
   * A name chooses the series of that name, and those that end with it: rank1, classToken.rank1.
   */
  private Set<String> chosen(String id, List<String> names) {
    List<String> known = metrics.names(id);
    if (names == null) {
      return new LinkedHashSet<>(known);
    }
    Set<String> chosen = new LinkedHashSet<>();
    for (String name : names) {
      boolean found = false;
      for (String one : known) {
        if (one.equals(name) || one.endsWith("." + name)) {
          chosen.add(one);
          found = true;
        }
      }
      if (!found) {
        throw new ApiException(
            Problem.INVALID_REQUEST,
            "The job '%s' has no metric '%s'.".formatted(id, name),
            known.isEmpty()
                ? "It has none yet."
                : "It has: %s.".formatted(String.join(", ", known)));
      }
    }
    return chosen;
  }
}
