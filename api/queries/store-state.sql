-- Another text as soon as anything is written to a table of ours, deleted or merged: parts are never altered, and the path
-- of one names its table for ever. A merge changes no figure, and costs an answer its keeping: so nothing needs to be said
-- of which change matters to which answer.
SELECT toString(sum(cityHash64(path, modification_time))) || '-' || toString(count()) AS state
FROM system.parts
WHERE database = currentDatabase() AND active
