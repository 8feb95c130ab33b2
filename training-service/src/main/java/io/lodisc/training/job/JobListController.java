package io.lodisc.training.job;

import io.lodisc.training.ApiRole;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@ApiRole
@RestController
class JobListController {

  /**
   * @param next the cursor of the page that follows; null on the last one
   */
  record Page(List<JobResponse> items, String next) {}

  private final JobRepository repository;
  private final JsonMapper json;

  JobListController(JobRepository repository, JsonMapper json) {
    this.repository = repository;
    this.json = json;
  }

  /** Lists jobs page by page; of several values of a filter any may match. */
  @GetMapping("/api/v1/jobs")
  Page list(@RequestParam MultiValueMap<String, String> query) {
    JobQuery asked = JobQuery.of(query);
    List<Job> jobs =
        repository.findBy(
            asked.filter(), q -> q.sortBy(asked.sort().order()).limit(asked.limit() + 1).all());
    boolean more = jobs.size() > asked.limit();
    List<Job> page = more ? jobs.subList(0, asked.limit()) : jobs;
    return new Page(
        page.stream().map(job -> job.response(json)).toList(),
        more ? JobCursor.after(page.getLast(), asked.sort()).text() : null);
  }
}
