package io.lodisc.training.job;

import io.lodisc.training.queue.JobState;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

interface JobRepository extends Repository<Job, Long>, JpaSpecificationExecutor<Job> {

  Job saveAndFlush(Job job);

  Optional<Job> findById(String id);

  Optional<Job> findByOwnerAndIdempotencyKey(String owner, String key);

  int countByOwnerAndState(String owner, JobState state);
}
