-- Another number as soon as anything more is counted.
SELECT toString(sum(cityHash64(topic, partition, from_offset, next_offset))) AS state FROM progress
