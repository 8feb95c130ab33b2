package io.lodisc.training.child;

import java.util.Map;
import org.slf4j.MDC;

/** What a thread's log lines carry beside their text: the ids of the job and of its trace. */
public final class LogContext {

  private LogContext() {}

  /** The task with the log context that the calling thread has now. */
  public static Runnable carried(Runnable task) {
    Map<String, String> here = MDC.getCopyOfContextMap();
    return here == null
        ? task
        : () -> {
          MDC.setContextMap(here);
          task.run();
        };
  }
}
