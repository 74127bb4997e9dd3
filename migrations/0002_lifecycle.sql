-- Why: portals come and go, and the Market wants to know what was called. Events wait in an inbox until they are
-- worked off; an erasure leaves one keyed digest, so that what is late finds out; every call of the platform is
-- logged for some days; a sign-in outside the frame works once.

-- From here on `installed_at` is the authorization server's time, not ours: events are compared with it.

-- When the authorization server is to be asked whether the app is still installed, if nobody opens it until then.
alter table portals add column check_at bigint not null default 0;

-- When it was last asked without anybody having opened the app.
alter table portals add column asked_at bigint;

-- What is bound in the portal. Null before its installer has run; empty when it must be bound (again).
alter table portals add column bound text;

-- Installers of earlier versions bound nothing.
update portals set bound = '';

create index portals_check on portals (check_at);

create index portals_gone on portals (gone_at);

create table events (
    id text primary key,
    -- Of portal, event, ts and body: the platform may send an event twice.
    digest bytea not null unique,
    event text not null,
    -- As claimed; null when it was unreadable, or once the portal is erased.
    member_id text,
    -- The posted form, sealed with the id as context; null once processed.
    body bytea,
    state text not null check (state in ('waiting', 'done', 'dead')),
    attempts bigint not null,
    -- What the last attempt came to, in our words; null when it was done.
    outcome text,
    -- Who works on it; taken over once due_at has passed.
    worker text,
    -- When it is to be tried (again): moved ahead while somebody works on it.
    due_at bigint not null,
    received_at bigint not null
);

create index events_due on events (state, due_at);

create index events_received on events (received_at);

create index events_portal on events (member_id);

create table erasures (
    -- Of the member_id, keyed.
    digest bytea primary key,
    -- The platform's time of the uninstall: what was verified until then is not kept.
    erased_at bigint not null,
    -- Our time of the erasure.
    recorded_at bigint not null
);

create index erasures_recorded on erasures (recorded_at);

create table rest_log (
    id text primary key,
    at bigint not null,
    -- Portal and user, as far as they were known; null once the portal is erased.
    member_id text,
    user_id bigint,
    method text not null,
    -- The HTTP status; null when there was no answer.
    status bigint,
    -- The platform's error code, or our word for what went wrong.
    error text,
    duration_ms bigint not null,
    -- JSON without secrets; null once the portal is erased.
    request text,
    response text,
    -- The request of ours, or the event, that led to this call.
    request_id text
);

create index rest_log_at on rest_log (at);

create index rest_log_portal on rest_log (member_id, at);

create table oauth_states (
    digest bytea primary key,
    ends_at bigint not null
);

create index oauth_states_end on oauth_states (ends_at);
