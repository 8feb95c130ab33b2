package io.lodisc.training.follow;

import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobState;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What jobs' followers are told. */
@Repository
public class JobEvents {

  /** Of the types whose events the next one makes stale, a job keeps so many. */
  static final int KEPT = 1000;

  private static final int BATCH = 100;

  /**
   * The next events of a job, and where it was when they were read.
   *
   * @param last number of the newest event
   */
  record Page(JobState state, long last, List<JobEvent> events) {

    static final Page NOTHING = new Page(JobState.RUNNING, 0, List.of());

    boolean isFull() {
      return events.size() == BATCH;
    }

    /** Whether nothing will follow an event. */
    boolean endsAt(long seq) {
      return state.ended() && seq >= last;
    }
  }

  private final JdbcClient jdbc;
  private final JsonMapper json;

  JobEvents(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** The events after one; empty if there is no such job. */
  Optional<Page> after(String job, long seq) {
    List<Page> rows =
        jdbc.sql(
                """
                select j.state, j.events, e.seq, e.type, e.data, l.start, l.bytes
                from training.job j
                left join lateral (select * from training.job_event where job = j.id and seq > :seq
                  order by seq limit :most) e on true
                left join training.job_log l
                  on e.type = 'log' and l.job = e.job and l.event = e.seq
                where j.id = :job order by e.seq
                """)
            .param("job", job)
            .param("seq", seq)
            .param("most", BATCH)
            .query((row, number) -> page(row))
            .list();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<JobEvent> events = new ArrayList<>();
    rows.forEach(row -> events.addAll(row.events()));
    return Optional.of(new Page(rows.getFirst().state(), rows.getFirst().last(), events));
  }

  private Page page(ResultSet row) throws SQLException {
    String type = row.getString("type");
    byte[] log = row.getBytes("bytes");
    List<JobEvent> events =
        type == null
            ? List.of()
            : List.of(
                new JobEvent(
                    row.getLong("seq"),
                    type,
                    log == null ? row.getString("data") : text(row.getLong("start"), log)));
    return new Page(JobState.valueOf(row.getString("state")), row.getLong("events"), events);
  }

  private String text(long start, byte[] log) {
    return json.writeValueAsString(
        json.createObjectNode()
            .put("start", start)
            .put("text", new String(log, StandardCharsets.UTF_8)));
  }

  /** Removes progress and metrics that are stale by far, unless the job is another worker's. */
  public void prune(Claim claim) {
    for (String type : List.of("progress", "metrics")) {
      jdbc.sql(
              """
              delete from training.job_event where type = :type
                and job = (select id from training.job
                  where id = :id and fence = :fence and state = 'RUNNING')
                and seq <= (select seq from training.job_event where job = :id and type = :type
                  order by seq desc offset :kept limit 1)
              """)
          .param("type", type)
          .param("id", claim.job())
          .param("fence", claim.fence())
          .param("kept", KEPT)
          .update();
    }
  }
}
