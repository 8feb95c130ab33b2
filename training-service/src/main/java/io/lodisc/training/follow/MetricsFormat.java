package io.lodisc.training.follow;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** How metrics are written. */
enum MetricsFormat {
  JSON,
  CSV;

  private static final MediaType TEXT_CSV = MediaType.valueOf("text/csv");

  /**
   * @param format what the request names; null leaves it to the header
   * @param accept the header; whatever it says, JSON is the default
   */
  static MetricsFormat of(String format, String accept) {
    return switch (format) {
      case "json" -> JSON;
      case "csv" -> CSV;
      case null -> accepted(accept);
      default ->
          throw new ApiException(
              Problem.INVALID_REQUEST,
              "There is no format '%s'.".formatted(format),
              "The formats are: csv, json.");
    };
  }

  private static MetricsFormat accepted(String accept) {
    try {
      List<MediaType> types = MediaType.parseMediaTypes(accept);
      MimeTypeUtils.sortBySpecificity(types);
      for (MediaType type : types) {
        if (type.includes(MediaType.APPLICATION_JSON)) {
          return JSON;
        }
        if (type.includes(TEXT_CSV)) {
          return CSV;
        }
      }
    } catch (InvalidMediaTypeException e) {
      // as if it said nothing
    }
    return JSON;
  }
}
