-- JobRunr keeps its own tables in a schema of its own, with its own history.
create schema if not exists queue;
