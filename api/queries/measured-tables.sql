-- What tables are made of. ClickHouse slows inserts down, and then refuses them, by the parts of one partition.
SELECT
  table,
  sum(part_count) AS parts,
  max(part_count) AS parts_of_partition_max,
  sum(row_count) AS rows,
  sum(byte_count) AS bytes
FROM (
  SELECT table, partition_id, count() AS part_count, sum(rows) AS row_count, sum(bytes_on_disk) AS byte_count
  FROM system.parts
  WHERE database = currentDatabase() AND active
  GROUP BY table, partition_id
)
GROUP BY table
