-- How far in time each topic has been counted.
SELECT topic, toUnixTimestamp64Milli(watermark) AS watermark_at_ms
FROM watermarks FINAL
