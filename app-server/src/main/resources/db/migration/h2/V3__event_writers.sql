-- Events commit in the order of their places here (one process, one lock): no gap has to be waited for.
create view event_writers as select cast(1 as bigint) as oldest, cast(0 as bigint) as next;
