package io.lodisc.training.follow;

import io.lodisc.training.ApiRole;
import io.lodisc.training.follow.JobEvents.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@ApiRole
@RestController
class EventsController {

  private final JobEvents events;
  private final EventStreams streams;

  EventsController(JobEvents events, EventStreams streams) {
    this.events = events;
    this.streams = streams;
  }

  /**
   * Sends a job's events as they come, until its last.
   *
   * <p>A browser that connects again sends the header, and the parameter as it was at first.
   *
   * @param last number of the last event that was seen; comes before {@code after}
   * @param after number of the last event that was seen
   */
  @GetMapping("/api/v1/jobs/{id}/events")
  void follow(
      @PathVariable String id,
      @RequestHeader(name = "Last-Event-ID", required = false) String last,
      @RequestParam(required = false) String after,
      HttpMethod method,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    long seen =
        last == null
            ? Queries.number("after", after, 0, 0, Long.MAX_VALUE)
            : Queries.number("Last-Event-ID", last, 0, 0, Long.MAX_VALUE);
    Page page = events.after(id, seen).orElseThrow(() -> Queries.noSuch(id));
    if (page.events().isEmpty() && page.endsAt(seen)) {
      response.setStatus(HttpStatus.NO_CONTENT.value());
      return;
    }
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    response.setHeader("X-Accel-Buffering", "no"); // nginx
    if (method.equals(HttpMethod.HEAD)) {
      return;
    }
    response.flushBuffer();
    try (OutputStream out = response.getOutputStream()) {
      streams.send(id, seen, out);
    } catch (IOException e) {
      // The reader is gone; it knows where it was.
    }
  }
}
