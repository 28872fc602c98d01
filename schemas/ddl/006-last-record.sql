-- Where the record stood whose hash a range keeps: the offsets behind it may be gaps.
ALTER TABLE progress ADD COLUMN IF NOT EXISTS last_offset Int64 DEFAULT -1 COMMENT 'of the record that last_hash is of; -1 where the range has none';
