package io.lodisc.training.housekeeping;

import io.lodisc.training.ApiRole;
import io.lodisc.web.User;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@ApiRole
@RestController
@RequestMapping("/api/v1")
class DeletionController {

  private final JobDeletion jobs;
  private final CheckpointDeletion checkpoints;
  private final DatasetDeletion datasets;

  DeletionController(JobDeletion jobs, CheckpointDeletion checkpoints, DatasetDeletion datasets) {
    this.jobs = jobs;
    this.checkpoints = checkpoints;
    this.datasets = datasets;
  }

  /** Deletes a job that has ended, with its log, its metrics and its unused checkpoints. */
  @DeleteMapping("/jobs/{id}")
  JobDeletion.Deleted job(
      @PathVariable String id,
      @RequestHeader(name = User.HEADER, defaultValue = User.ANONYMOUS) String user) {
    return jobs.delete(id, User.checked(user));
  }

  /** Deletes a checkpoint that nothing uses. */
  @DeleteMapping("/checkpoints/{id}")
  CheckpointDeletion.Deleted checkpoint(
      @PathVariable String id,
      @RequestHeader(name = User.HEADER, defaultValue = User.ANONYMOUS) String user) {
    return checkpoints.delete(id, User.checked(user));
  }

  /** Deletes a data set that no unfinished job uses; a folder that was registered stays. */
  @DeleteMapping("/datasets/{name}")
  DatasetDeletion.Deleted dataset(
      @PathVariable String name,
      @RequestHeader(name = User.HEADER, defaultValue = User.ANONYMOUS) String user) {
    return datasets.delete(name, User.checked(user));
  }
}
