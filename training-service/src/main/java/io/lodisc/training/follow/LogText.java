package io.lodisc.training.follow;

import io.lodisc.training.follow.JobLog.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.stereotype.Component;

/** Parts of a log, a few of its pieces in memory at a time. */
@Component
class LogText {

  private static final int PIECES = 16;

  private final JobLog log;

  LogText(JobLog log) {
    this.log = log;
  }

  /** Writes the bytes from one on up to another, that one not. */
  void write(String job, long from, long to, OutputStream out) throws IOException {
    long at = from;
    while (at < to) {
      List<Stored> pieces = log.from(job, at, PIECES);
      if (pieces.isEmpty()) {
        return; // the job was deleted meanwhile
      }
      for (Stored piece : pieces) {
        int begin = (int) (at - piece.start());
        int end = (int) Math.min(piece.bytes().length, to - piece.start());
        if (begin < end) {
          out.write(piece.bytes(), begin, end - begin);
          at = piece.start() + end;
        }
      }
    }
  }

  /** Where the last lines begin. */
  long tail(String job, long length, int lines) {
    long at = length;
    int ends = 0;
    while (at > 0) {
      List<Stored> pieces = log.before(job, at, PIECES);
      if (pieces.isEmpty()) {
        return 0; // the job was deleted meanwhile
      }
      for (Stored piece : pieces) {
        byte[] bytes = piece.bytes();
        for (int i = (int) Math.min(bytes.length, length - piece.start()) - 1; i >= 0; i--) {
          boolean last = piece.start() + i == length - 1;
          if (bytes[i] == '\n' && !last && ++ends == lines) {
            return piece.start() + i + 1;
          }
        }
        at = piece.start();
      }
    }
    return 0;
  }
}
