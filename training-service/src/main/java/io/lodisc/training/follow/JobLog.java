package io.lodisc.training.follow;

import io.lodisc.training.queue.Claim;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The logs of jobs, in the database: whoever serves them needs no file of the worker's. */
@Repository
public class JobLog {

  /** Bytes that are kept of a job. */
  static final long LIMIT = 16L << 20;

  private static final byte[] FULL =
      "[lodisc] The log is longer than 16 MiB; its worker's files have the rest.\n"
          .getBytes(StandardCharsets.UTF_8);

  /**
   * What is kept of a log.
   *
   * @param start bytes before it
   */
  record Stored(long start, byte[] bytes) {

    long end() {
      return start + bytes.length;
    }
  }

  private final JdbcClient jdbc;

  JobLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a piece and tells of it. It changes nothing if the piece is there already, the log is
   * full, or the job is no longer this worker's.
   */
  public void append(Claim claim, LogPiece piece) {
    jdbc.sql(
            """
            with held as (
              update training.job set events = events + 1,
                log_full = log_length + :length > :limit,
                log_length = log_length
                  + case when log_length + :length > :limit then :fullLength else :length end
              where id = :id and fence = :fence and state = 'RUNNING' and not log_full
                and not exists (select from training.job_log
                  where job = :id and attempt = :attempt and file_to >= :to)
              returning id, events, log_length, log_full
            ), told as (
              insert into training.job_event (job, seq, type, data)
              select id, events, 'log', '{}' from held
            )
            insert into training.job_log (job, start, event, attempt, file_from, file_to, bytes)
            select id, log_length - case when log_full then :fullLength else :length end, events,
              :attempt, :from, :to, case when log_full then :full else :bytes end
            from held
            """)
        .param("id", claim.job())
        .param("fence", claim.fence())
        .param("attempt", piece.attempt())
        .param("from", piece.from())
        .param("to", piece.to())
        .param("bytes", piece.bytes())
        .param("length", piece.bytes().length)
        .param("full", FULL)
        .param("fullLength", FULL.length)
        .param("limit", LIMIT)
        .update();
  }

  /** How many bytes of an attempt's file are here. */
  public long shipped(String job, long attempt) {
    return jdbc.sql(
            "select coalesce(max(file_to), 0) from training.job_log"
                + " where job = :job and attempt = :attempt")
        .param("job", job)
        .param("attempt", attempt)
        .query(Long.class)
        .single();
  }

  /** Bytes of a job's log; empty if there is no such job. */
  Optional<Long> length(String job) {
    return jdbc.sql("select log_length from training.job where id = :job")
        .param("job", job)
        .query(Long.class)
        .optional();
  }

  /** Pieces in their order, from the one that holds a byte. */
  List<Stored> from(String job, long at, int most) {
    return pieces(
        "start >= (select max(start) from training.job_log where job = :job and start <= :at)"
            + " order by start",
        job,
        at,
        most);
  }

  /** Pieces in the opposite order, from the last one that begins before a byte. */
  List<Stored> before(String job, long at, int most) {
    return pieces("start < :at order by start desc", job, at, most);
  }

  private List<Stored> pieces(String which, String job, long at, int most) {
    return jdbc.sql(
            "select start, bytes from training.job_log where job = :job and "
                + which
                + " limit :most")
        .param("job", job)
        .param("at", at)
        .param("most", most)
        .query((row, number) -> new Stored(row.getLong(1), row.getBytes(2)))
        .list();
  }
}
