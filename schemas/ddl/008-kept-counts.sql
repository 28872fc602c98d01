-- What evaluation and stability ask besides counts, kept where the counts are: no answer reads a year of facts for it.
-- Rows of an earlier program do not know; until they are computed again, answers read the facts behind them.
ALTER TABLE call_cells
  ADD COLUMN IF NOT EXISTS late UInt32 COMMENT 'distinct records emitted more than a day after their call had ended',
  ADD COLUMN IF NOT EXISTS late_amendments UInt32 COMMENT 'of these, later revisions',
  ADD COLUMN IF NOT EXISTS knows_late Bool COMMENT 'false in a row of an earlier program';

ALTER TABLE caller_days
  ADD COLUMN IF NOT EXISTS seats Array(UInt64) COMMENT 'seats that answered a call of any direction, cityHash64 of agent, rising',
  ADD COLUMN IF NOT EXISTS knows_seats Bool COMMENT 'false in a row of an earlier program';
