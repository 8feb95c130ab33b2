package io.lodisc.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerIdentityTest {

  @TempDir Path home;

  @Test
  void isKeptForTheNextProcessButNotSharedWithALivingOne() {
    String first;
    try (WorkerIdentity mine = WorkerIdentity.of(home);
        WorkerIdentity other = WorkerIdentity.of(home)) {
      first = mine.name();
      assertThat(mine.kept()).isTrue();
      assertThat(other.name()).isNotEqualTo(first);
      assertThat(other.kept()).isFalse();
    }
    try (WorkerIdentity next = WorkerIdentity.of(home)) {
      assertThat(next.name()).isEqualTo(first);
    }
  }
}
