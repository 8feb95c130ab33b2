package io.lodisc.retrieval.collection;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface CollectionRepository extends Repository<PictureCollection, Long> {

  PictureCollection saveAndFlush(PictureCollection collection);

  void delete(PictureCollection collection);

  Optional<PictureCollection> findByName(String name);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("from PictureCollection where name = ?1")
  Optional<PictureCollection> lockByName(String name);

  List<PictureCollection> findAllByOrderByName();

  List<PictureCollection> findTop100ByOrderByItemsDesc();

  @Query(
      nativeQuery = true,
      value = "select distinct picture from retrieval.item where collection = ?1")
  List<String> picturesOf(long key);
}
