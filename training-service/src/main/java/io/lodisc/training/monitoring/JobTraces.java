package io.lodisc.training.monitoring;

import io.lodisc.training.queue.Claim;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.Tracer.SpanInScope;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * The trace that a job was submitted in goes on in its attempts, wherever they are made: each is a
 * span of it, and its log lines carry the trace's id and the job's.
 */
@Component
public class JobTraces {

  private static final String TRACEPARENT = "traceparent";

  /** In the environment of a job's process, for its log. */
  private static final String JOB = "LODISC_JOB";

  private static final String TRACE = "LODISC_TRACE";

  private final Tracer tracer;
  private final Propagator propagator;

  JobTraces(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  /** Of an attempt, until it is closed. */
  public static final class Scope implements AutoCloseable {

    private final MDC.MDCCloseable job;
    private final Span span;
    private final SpanInScope present;

    private Scope(MDC.MDCCloseable job, Span span, SpanInScope present) {
      this.job = job;
      this.span = span;
      this.present = present;
    }

    @Override
    public void close() {
      present.close();
      span.end();
      job.close();
    }
  }

  /** The present trace as W3C writes it; null if there is none. */
  public String current() {
    TraceContext context = tracer.currentTraceContext().context();
    if (context == null) {
      return null;
    }
    Map<String, String> carrier = new HashMap<>();
    propagator.inject(context, carrier, Map::put);
    return carrier.get(TRACEPARENT);
  }

  /** An attempt begins on this thread. */
  public Scope begin(Claim claim) {
    Map<String, String> carrier = new HashMap<>();
    if (claim.traceparent() != null) {
      carrier.put(TRACEPARENT, claim.traceparent());
    }
    Span span =
        propagator
            .extract(carrier, Map::get)
            .name("job " + claim.type())
            .tag("lodisc.job", claim.job())
            .tag("lodisc.attempt", claim.fence())
            .start();
    return new Scope(MDC.putCloseable("job", claim.job()), span, tracer.withSpan(span));
  }

  /** What the process of a job is to know of it for its log. */
  public static Map<String, String> variables(Claim claim) {
    String trace = id(claim.traceparent());
    return trace == null ? Map.of(JOB, claim.job()) : Map.of(JOB, claim.job(), TRACE, trace);
  }

  /** The trace's id, of {@code 00-TRACE-SPAN-FLAGS}; null of null. */
  public static String id(String traceparent) {
    return traceparent == null ? null : traceparent.split("-")[1];
  }
}
