-- The disks that the store writes to, bytes.
SELECT name AS disk, free_space AS free_bytes, total_space AS total_bytes
FROM system.disks
