-- Positions in the write-ahead log. Where they are depends on the server, so they are only compared.
SELECT pg_wal_lsn_diff('16/B374D848', '16/B374D840');
SELECT pg_wal_lsn_diff('0/0', 'FFFFFFFF/FFFFFFFF'), pg_wal_lsn_diff('FFFFFFFF/FFFFFFFF', '0/0');
SELECT '0/FF'::pg_lsn - '0/F0'::pg_lsn, NULL::pg_lsn - '0/0', pg_typeof('0/1'::pg_lsn - '0/0');
SELECT pg_wal_lsn_diff('0/G', '0/0');
SELECT pg_typeof(pg_current_wal_lsn()), pg_current_wal_lsn() >= '0/0';
SELECT pg_current_wal_insert_lsn() >= pg_current_wal_lsn(), pg_current_wal_lsn() >= pg_current_wal_flush_lsn();
SELECT pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn();
SELECT count(*), min(wal_fpi) >= 0, pg_typeof(min(wal_bytes)), min(wal_write_time) >= 0 FROM pg_stat_wal;
SELECT count(*), min(checkpoints_timed) >= 0, min(checkpoint_write_time) >= 0, count(stats_reset) FROM pg_stat_bgwriter;
