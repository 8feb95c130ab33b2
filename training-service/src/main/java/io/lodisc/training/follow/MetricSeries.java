package io.lodisc.training.follow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what jobs measured. */
@Repository
class MetricSeries {

  private static final int FETCHED = 1000;
  private static final TypeReference<Map<String, Double>> VALUES = new TypeReference<>() {};

  /**
   * One number over the steps. Of more values than were asked for, each point stands for the steps
   * after the point before it: it has their mean, and low and high have their extremes.
   *
   * @param count of values
   * @param points step and value
   * @param low null if every value is a point
   * @param high the same
   */
  record Series(
      String name, long count, List<Number[]> points, List<Double> low, List<Double> high) {}

  private record Point(
      String name, long step, double mean, double low, double high, long size, long total) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  MetricSeries(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  boolean exists(String job) {
    return jdbc.sql("select exists (select from training.job where id = :job)")
        .param("job", job)
        .query(Boolean.class)
        .single();
  }

  /** All that a job has, in alphabetical order. */
  List<String> names(String job) {
    return jdbc.sql(
            """
            select distinct name collate "C" from training.job_metric,
              lateral jsonb_object_keys(measured) name where job = :job order by 1
            """)
        .param("job", job)
        .query(String.class)
        .list();
  }

  /**
   * Series in the order of their names.
   *
   * @param points of a series, at most
   */
  List<Series> read(String job, List<String> names, int points) {
    Map<String, List<Point>> read = new LinkedHashMap<>();
    names.forEach(name -> read.put(name, new ArrayList<>()));
    jdbc.sql(
            """
            with numbered as (
              select name, step, value::float8, count(*) over (partition by name) total,
                row_number() over (partition by name order by step) - 1 number
              from training.job_metric, lateral jsonb_each_text(measured) one(name, value)
              where job = :job and name = any(:names))
            select name, max(step), avg(value), min(value), max(value), count(*), total
            from numbered
            group by name, total, number * least(:points, total) / total order by name, 2
            """)
        .param("job", job)
        .param("names", names.toArray(String[]::new))
        .param("points", points)
        .query(
            (row, number) ->
                new Point(
                    row.getString(1),
                    row.getLong(2),
                    row.getDouble(3),
                    row.getDouble(4),
                    row.getDouble(5),
                    row.getLong(6),
                    row.getLong(7)))
        .list()
        .forEach(point -> read.get(point.name()).add(point));
    return read.entrySet().stream().map(e -> series(e.getKey(), e.getValue())).toList();
  }

  private static Series series(String name, List<Point> points) {
    boolean whole = points.stream().allMatch(point -> point.size() == 1);
    return new Series(
        name,
        points.stream().mapToLong(Point::size).sum(),
        points.stream().map(p -> new Number[] {p.step(), p.mean()}).toList(),
        whole ? null : points.stream().map(Point::low).toList(),
        whole ? null : points.stream().map(Point::high).toList());
  }

  /** Each row that has one of these names, in the order of the steps. */
  @Transactional(readOnly = true)
  public void rows(String job, Set<String> names, Consumer<Metric> rows) {
    jdbc.sql(
            """
            select step, epoch, measured from training.job_metric
            where job = :job and jsonb_exists_any(measured, :names) order by step
            """)
        .param("job", job)
        .param("names", new LinkedHashSet<>(names).toArray(String[]::new))
        .withFetchSize(FETCHED)
        .query(
            row -> {
              rows.accept(
                  new Metric(
                      row.getLong(1), row.getInt(2), json.readValue(row.getString(3), VALUES)));
            });
  }
}
