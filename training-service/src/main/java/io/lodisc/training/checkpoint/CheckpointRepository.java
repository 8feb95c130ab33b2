package io.lodisc.training.checkpoint;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface CheckpointRepository extends Repository<Checkpoint, Long> {

  Checkpoint saveAndFlush(Checkpoint checkpoint);

  Optional<Checkpoint> findById(String id);

  boolean existsById(String id);

  List<Checkpoint> findAllByOrderBySeqDesc();
}
