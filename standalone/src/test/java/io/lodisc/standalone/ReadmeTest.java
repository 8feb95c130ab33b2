package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  @Test
  void theWalkThroughWorksAsItIsWritten() throws Exception {
    try (Home home = Home.make();
        Program program = Program.serve(home.path())) {
      String output =
          Script.under("Over HTTP", "README.md").run(Map.of("LODISC", program.url().toString()));

      assertThat(output)
          .contains("\"pictures\":1698")
          .contains("\"state\":\"SUCCEEDED\"")
          .contains("\"alias\":\"production\"")
          .contains("\"dimension\":")
          .contains("\"imported\":849")
          .contains("\"queriesWithoutRelevant\":0")
          .contains("urn:lodisc:problem:not-a-picture");
      assertThat(output).containsPattern("\"rank\":1,\"id\":\"[a-z]+-");
    }
  }
}
