package io.lodisc.training.job;

import io.lodisc.training.follow.LogFile;
import io.lodisc.training.follow.LogPiece;
import io.lodisc.training.queue.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The logs of a job's attempts as far as they lie here, one after the other: what a lost worker
 * could not tell any more, then the present attempt's.
 */
final class AttemptLogs {

  private static final String FILE = "log.txt";
  private static final Pattern ATTEMPT = Pattern.compile("attempt-(\\d{1,18})");

  private final Path own;
  private final Claim claim;
  private final JobRecords records;
  private final List<Path> earlier;
  private int index;
  private LogFile current;

  AttemptLogs(Path own, Claim claim, JobRecords records) {
    this.own = own;
    this.claim = claim;
    this.records = records;
    this.earlier = earlier(own, claim.fence());
  }

  private static List<Path> earlier(Path own, long fence) {
    try (Stream<Path> folders = Files.list(own.toAbsolutePath().getParent())) {
      return folders
          .filter(folder -> number(folder) < fence)
          .sorted(Comparator.comparingLong(AttemptLogs::number))
          .toList();
    } catch (IOException e) {
      return List.of(); // the job's own log still is told
    }
  }

  /** Where an attempt's log is. */
  static Path file(Path folder) {
    return folder.resolve(FILE);
  }

  private static long number(Path folder) {
    Matcher name = ATTEMPT.matcher(folder.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : Long.MAX_VALUE;
  }

  /** The next piece, the same until it is {@link #passed}. */
  Optional<LogPiece> next(boolean ended) throws IOException {
    while (true) {
      boolean last = index == earlier.size();
      Path folder = last ? own : earlier.get(index);
      if (current == null) {
        long attempt = last ? claim.fence() : number(folder);
        current = new LogFile(file(folder), attempt, records.logged(claim, attempt));
      }
      Optional<LogPiece> piece = current.next(!last || ended);
      if (last || piece.isPresent()) {
        return piece;
      }
      index++;
      current = null;
    }
  }

  void passed(LogPiece piece) {
    current.passed(piece);
  }
}
