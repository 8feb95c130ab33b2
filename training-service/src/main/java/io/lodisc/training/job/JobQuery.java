package io.lodisc.training.job;

import io.lodisc.training.follow.Queries;
import io.lodisc.training.queue.JobState;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.util.MultiValueMap;

/**
 * Which jobs a list shows.
 *
 * @param filter the cursor's part in it
 * @param limit jobs of a page
 */
record JobQuery(Specification<Job> filter, JobSort sort, int limit) {

  private static final Set<String> NAMES =
      new TreeSet<>(Set.of("state", "type", "dataset", "owner", "sort", "limit", "cursor"));

  private static final int LIMIT = 50;
  private static final int MOST = 500;

  /**
   * That of a request. Of a filter that is given several times, or with several values and commas
   * between them, any may match.
   */
  static JobQuery of(MultiValueMap<String, String> query) {
    for (String name : query.keySet()) {
      if (!NAMES.contains(name)) {
        throw new ApiException(
            Problem.UNKNOWN_FIELD,
            "There is no parameter '%s'.".formatted(name),
            "Known parameters here: %s.".formatted(String.join(", ", NAMES)));
      }
    }
    String sorted = query.getFirst("sort");
    JobSort sort =
        sorted == null ? JobSort.NEWEST : one("sort", sorted, JobSort.values(), JobSort::label);
    Specification<Job> filter = Specification.unrestricted();
    filter = filter.and(among("state", states(values(query, "state"))));
    for (String name : List.of("type", "dataset", "owner")) {
      filter = filter.and(among(name, values(query, name)));
    }
    String cursor = query.getFirst("cursor");
    if (cursor != null) {
      filter = filter.and(sort.after(cursor(cursor, sort)));
    }
    int limit = (int) Queries.number("limit", query.getFirst("limit"), LIMIT, 1, MOST);
    return new JobQuery(filter, sort, limit);
  }

  private static Specification<Job> among(String field, List<?> values) {
    return values.isEmpty()
        ? Specification.unrestricted()
        : (job, query, is) -> job.get(field).in(values);
  }

  private static List<String> values(MultiValueMap<String, String> query, String name) {
    return query.getOrDefault(name, List.of()).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private static List<JobState> states(List<String> names) {
    return names.stream()
        .map(name -> one("state", name.toUpperCase(Locale.ROOT), JobState.values(), Enum::name))
        .toList();
  }

  private static <T> T one(String field, String name, T[] all, Function<T, String> label) {
    return Arrays.stream(all)
        .filter(value -> label.apply(value).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.INVALID_REQUEST,
                    "There is no %s '%s'.".formatted(field, name),
                    "There are: %s."
                        .formatted(
                            Arrays.stream(all).map(label).collect(Collectors.joining(", ")))));
  }

  private static JobCursor cursor(String text, JobSort sort) {
    return JobCursor.of(text)
        .filter(cursor -> cursor.sort() == sort)
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.INVALID_REQUEST,
                    "The cursor is not of a list that is sorted by %s.".formatted(sort.label()),
                    "Send 'next' of the page before, with the same sort and filters."));
  }
}
