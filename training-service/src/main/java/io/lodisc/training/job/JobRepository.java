package io.lodisc.training.job;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface JobRepository extends Repository<Job, Long> {

  Job saveAndFlush(Job job);

  Optional<Job> findById(String id);

  List<Job> findAllByOrderBySeqDesc();
}
