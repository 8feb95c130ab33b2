package io.lodisc.training.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.support.RunningJobs;
import io.lodisc.training.support.TrainingTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@TrainingTest
class JobEventsTest {

  @Autowired JobEvents events;
  @Autowired JobQueue queue;
  @Autowired JdbcClient jdbc;

  @Test
  void ofWhatIsStaleTheLastThousandStayAndOfTheRestAll() {
    RunningJobs jobs = new RunningJobs(jdbc);
    Claim stale = jobs.first();
    jdbc.sql(
            """
            insert into training.job_event (job, seq, type, data)
            select :job, n, case n % 3 when 0 then 'progress' when 1 then 'epoch' else 'metrics' end,
              '{}' from generate_series(2, 3601) n
            """)
        .param("job", stale.job())
        .update();
    Claim claim = jobs.next(stale);

    events.prune(stale);
    assertThat(count(claim, "progress", 0)).isEqualTo(1200);
    events.prune(claim);
    events.prune(claim);

    assertThat(count(claim, "progress", 0)).isEqualTo(1000);
    assertThat(count(claim, "progress", 3600 - 3 * 1000)).isEqualTo(1000);
    assertThat(count(claim, "metrics", 0)).isEqualTo(1000);
    assertThat(count(claim, "epoch", 0)).isEqualTo(1200);
  }

  private int count(Claim claim, String type, int after) {
    return jdbc.sql(
            "select count(*) from training.job_event where job = :job and type = :type and seq > :seq")
        .param("job", claim.job())
        .param("type", type)
        .param("seq", after)
        .query(Integer.class)
        .single();
  }
}
