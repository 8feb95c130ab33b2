package io.lodisc.training.follow;

import io.lodisc.training.ApiRole;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@ApiRole
@RestController
class LogController {

  private static final int LONGEST_TAIL = 100_000;

  private final JobLog log;
  private final LogText text;

  LogController(JobLog log, LogText text) {
    this.log = log;
    this.text = text;
  }

  /**
   * Serves a job's log, its last lines, or the bytes of one range; of several ranges, the whole.
   *
   * @param range such as {@code bytes=0-999} or, for the last bytes, {@code bytes=-1000}
   * @param tail so many of the last lines; {@code Range} is then ignored
   */
  @GetMapping("/api/v1/jobs/{id}/logs")
  void log(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.RANGE, required = false) String range,
      @RequestParam(required = false) String tail,
      HttpServletResponse response) {
    long length = log.length(id).orElseThrow(() -> Queries.noSuch(id));
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    long from = 0;
    long to = length;
    if (tail != null) {
      int lines = (int) Queries.number("tail", tail, 0, 1, LONGEST_TAIL);
      from = text.tail(id, length, lines);
    } else if (range != null) {
      List<HttpRange> ranges = ranges(range, length, response);
      if (ranges.size() == 1) {
        from = ranges.getFirst().getRangeStart(length);
        to = ranges.getFirst().getRangeEnd(length) + 1;
        response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
        response.setHeader(
            HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(from, to - 1, length));
      }
    }
    response.setContentType(MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8");
    response.setContentLengthLong(to - from);
    try (OutputStream out = response.getOutputStream()) {
      text.write(id, from, to, out);
    } catch (IOException e) {
      // The reader is gone.
    }
  }

  private static List<HttpRange> ranges(String range, long length, HttpServletResponse response) {
    try {
      List<HttpRange> ranges = HttpRange.parseRanges(range);
      if (ranges.size() == 1 && ranges.getFirst().getRangeStart(length) >= length) {
        throw new IllegalArgumentException("It begins after the last byte.");
      }
      return ranges;
    } catch (IllegalArgumentException e) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
      throw new ApiException(
          Problem.RANGE_NOT_SATISFIABLE,
          "The log has %d bytes, of which none are '%s'.".formatted(length, range),
          "Ask such as 'bytes=0-999', 'bytes=1000-' or, for the last ones, 'bytes=-1000'.");
    }
  }
}
