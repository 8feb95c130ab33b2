package io.lodisc.training.job;

import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** What workers need of jobs: what there is to do, how, and where to write how it ended. */
@Component
public class JobOrders {

  private final JobRepository repository;
  private final JobQueue queue;
  private final Promotions promotions;
  private final Map<String, JobType> types;

  JobOrders(JobRepository repository, JobQueue queue, Promotions promotions, List<JobType> types) {
    this.repository = repository;
    this.queue = queue;
    this.promotions = promotions;
    this.types = types.stream().collect(Collectors.toMap(JobType::name, Function.identity()));
  }

  /** What the job is to do. */
  public JobOrder get(String id) {
    return repository.findById(id).orElseThrow().order();
  }

  /** How jobs of that type are run. */
  public JobType type(String name) {
    return types.get(name);
  }

  /** The names of all types. */
  public List<String> types() {
    return types.keySet().stream().sorted(Comparator.naturalOrder()).toList();
  }

  /** Ends an attempt and does what follows from that, unless the job is no longer its worker's. */
  @Transactional
  public void end(Claim claim, Outcome outcome) {
    boolean succeeded = outcome.end() == Outcome.End.SUCCEEDED;
    String note =
        succeeded ? promotions.after(repository.findById(claim.job()).orElseThrow()) : null;
    boolean ended = queue.end(claim, succeeded ? outcome.noting(note) : outcome);
    if (!ended) {
      TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
    }
  }
}
