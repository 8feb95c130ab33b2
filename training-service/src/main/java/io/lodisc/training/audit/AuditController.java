package io.lodisc.training.audit;

import io.lodisc.training.ApiRole;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@ApiRole
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

  private static final int MOST = 1000;

  /**
   * @param next the cursor of the page after this one; null on the last
   */
  record Page(List<AuditRow> items, String next) {}

  private final Audit audit;

  AuditController(Audit audit) {
    this.audit = audit;
  }

  /**
   * Lists what was done to jobs, checkpoints, data sets and models, the newest first.
   *
   * @param subject only what was done to this id or name
   */
  @GetMapping
  Page page(
      @RequestParam(required = false) String subject,
      @RequestParam(required = false) String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MOST) {
      throw new ApiException(
          Problem.OUT_OF_RANGE,
          "'limit' must be a whole number from 1 to %d.".formatted(MOST),
          "Leave it out for 100, and follow 'next' for more.");
    }
    List<AuditRow> rows = audit.page(subject, before(cursor), limit + 1);
    return rows.size() <= limit
        ? new Page(rows, null)
        : new Page(rows.subList(0, limit), String.valueOf(rows.get(limit - 1).seq()));
  }

  private static long before(String cursor) {
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "'%s' is no cursor.".formatted(cursor),
          "Send the 'next' of the page before, or leave it out for the newest rows.");
    }
  }
}
