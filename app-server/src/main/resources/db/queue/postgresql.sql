-- Tell every server of work that may be taken. Notifications arrive with the commit.
create or replace function queue.announce_work() returns trigger language plpgsql as $$
begin
    perform pg_notify('millwright_queue', '');
    return null;
end
$$;

create or replace trigger announce_new_work
    after insert on queue.jobrunr_jobs
    for each row when (new.state = 'ENQUEUED')
    execute function queue.announce_work();

create or replace trigger announce_work_again
    after update of state on queue.jobrunr_jobs
    for each row when (new.state = 'ENQUEUED' and old.state is distinct from new.state)
    execute function queue.announce_work();

-- Every job is written several times and then deleted
alter table queue.jobrunr_jobs set (
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0,
    fillfactor = 70
);
