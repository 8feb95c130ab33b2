package io.lodisc.training.dataset;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface DatasetRepository extends Repository<Dataset, Long> {

  Dataset saveAndFlush(Dataset dataset);

  Optional<Dataset> findByName(String name);

  boolean existsByName(String name);

  List<Dataset> findAllByOrderBySeq();
}
