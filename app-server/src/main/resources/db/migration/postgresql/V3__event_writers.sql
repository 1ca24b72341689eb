-- The oldest transaction that still writes, and the one that begins next. A gap in the places of
-- events is final when every transaction that had begun when it was seen has ended.
create view event_writers as
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest,
           pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next;
