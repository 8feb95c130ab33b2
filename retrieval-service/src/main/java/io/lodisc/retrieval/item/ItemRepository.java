package io.lodisc.retrieval.item;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ItemRepository extends Repository<Item, Long> {

  void delete(Item item);

  Optional<Item> findByCollectionAndId(long collection, String id);

  @Query("from Item where collection = ?1 order by key limit ?3 offset ?2")
  List<Item> page(long collection, int offset, int limit);

  @Query(
      nativeQuery = true,
      value = "select id from retrieval.item where collection = ?1 and id = any(?2) order by id")
  List<String> taken(long collection, String[] ids);

  @Query(
      """
      select new io.lodisc.retrieval.item.EmbeddedItem(
        i.id, i.label, i.group, i.metadata, i.picture, e.vector)
      from Item i join Embedding e on e.item = i.key
      where i.collection = ?1 order by i.key\
      """)
  Stream<EmbeddedItem> embedded(long collection);

  @Query(
      """
      select new io.lodisc.retrieval.item.EmbeddedItem(
        i.id, i.label, i.group, i.metadata, i.picture, e.vector)
      from Item i join Embedding e on e.item = i.key
      where i.collection = ?1 and i.id = ?2\
      """)
  Optional<EmbeddedItem> embedded(long collection, String id);
}
