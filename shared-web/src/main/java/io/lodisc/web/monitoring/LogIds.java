package io.lodisc.web.monitoring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Log lines of a request carry the id of the job or the name of the collection that it names. */
class LogIds extends OncePerRequestFilter {

  private static final Pattern NAMED =
      Pattern.compile("/api/v1/(job|collection)s/([A-Za-z0-9._-]{1,128})(/.*)?");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Matcher path = NAMED.matcher(request.getRequestURI());
    if (!path.matches()) {
      chain.doFilter(request, response);
      return;
    }
    try (MDC.MDCCloseable id = MDC.putCloseable(path.group(1), path.group(2))) {
      chain.doFilter(request, response);
    }
  }
}
