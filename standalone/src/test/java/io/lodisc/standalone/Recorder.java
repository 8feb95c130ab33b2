package io.lodisc.standalone;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ContentCachingRequestWrapper;

/** Notes what curl asked of the API and what it was answered. */
final class Recorder extends OncePerRequestFilter {

  private static final int LONGEST = 1 << 20;

  /**
   * A request and its answer.
   *
   * @param handler and the pattern of its path; null if nothing took the request
   * @param request the body, if it is JSON; else null
   * @param response the body, if it is JSON; else null
   */
  record Exchange(
      String method,
      String pattern,
      HandlerMethod handler,
      int status,
      String request,
      String response) {}

  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  /** In the order of their ends. */
  List<Exchange> exchanges() {
    return exchanges;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String agent = request.getHeader("User-Agent"); // the services call each other too
    return agent == null || !agent.startsWith("curl/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingRequestWrapper asked = new ContentCachingRequestWrapper(request, LONGEST);
    Copy answered = new Copy(response);
    chain.doFilter(isJson(request.getContentType()) ? asked : request, answered);
    exchanges.add(
        new Exchange(
            request.getMethod(),
            (String) request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
            request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE)
                    instanceof HandlerMethod method
                ? method
                : null,
            response.getStatus(),
            isJson(request.getContentType()) ? asked.getContentAsString() : null,
            isJson(response.getContentType())
                ? answered.bytes.toString(StandardCharsets.UTF_8)
                : null));
  }

  static boolean isJson(String type) {
    return type != null && (type.startsWith("application/json") || type.contains("+json"));
  }

  /** What is written to the stream is kept if it is JSON; a live stream stays live. */
  private static final class Copy extends HttpServletResponseWrapper {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Copy(HttpServletResponse response) {
      super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      ServletOutputStream out = super.getOutputStream();
      if (!isJson(getContentType())) {
        return out;
      }
      return new ServletOutputStream() {
        @Override
        public void write(int value) throws IOException {
          out.write(value);
          bytes.write(value);
        }

        @Override
        public void write(byte[] some, int from, int length) throws IOException {
          out.write(some, from, length);
          bytes.write(some, from, length);
        }

        @Override
        public void flush() throws IOException {
          out.flush();
        }

        @Override
        public boolean isReady() {
          return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          out.setWriteListener(listener);
        }
      };
    }
  }
}
