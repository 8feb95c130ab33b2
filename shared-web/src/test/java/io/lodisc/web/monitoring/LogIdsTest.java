package io.lodisc.web.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LogIdsTest {

  @ParameterizedTest
  @CsvSource({
    "/api/v1/jobs/0a1b2c, 0a1b2c,",
    "/api/v1/jobs/0a1b2c/logs, 0a1b2c,",
    "/api/v1/jobs,,",
    "/api/v1/collections/birds/items:import,, birds",
    "/api/v1/collections/b%0Aird,,",
    "/api/v1/models/production,,",
  })
  void linesOfARequestCarryWhatItNames(String path, String job, String collection)
      throws Exception {
    Map<String, String> seen = new HashMap<>();

    new LogIds()
        .doFilter(
            new MockHttpServletRequest("GET", path),
            new MockHttpServletResponse(),
            (request, response) -> {
              seen.put("job", MDC.get("job"));
              seen.put("collection", MDC.get("collection"));
            });

    assertThat(seen.get("job")).isEqualTo(job);
    assertThat(seen.get("collection")).isEqualTo(collection);
    assertThat(MDC.get("job")).isNull();
    assertThat(MDC.get("collection")).isNull();
  }
}
