CREATE OR REPLACE FUNCTION json_each(list text)
 RETURNS TABLE(key bigint, value text)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE ROWS 10
AS $function$SELECT n, v FROM json_array_elements_text(list::json) WITH ORDINALITY AS of (v, n)$function$;
CREATE OR REPLACE FUNCTION max(a bigint, b bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$SELECT CASE WHEN a >= b THEN a WHEN a < b THEN b END$function$;
CREATE OR REPLACE FUNCTION max(a text, b text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$SELECT CASE WHEN a COLLATE "C" >= b COLLATE "C" THEN a WHEN a COLLATE "C" < b COLLATE "C" THEN b END$function$;
CREATE OR REPLACE FUNCTION member_active()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN
    UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL;
    RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION member_was_active()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN
    UPDATE members SET idle_since = NULL WHERE user_id = OLD.user_id AND idle_since IS NOT NULL;
    RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION min(a bigint, b bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$SELECT CASE WHEN a <= b THEN a WHEN a > b THEN b END$function$;
CREATE OR REPLACE FUNCTION reminder_active()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN
    UPDATE members SET idle_since = NULL
    WHERE user_id = (SELECT user_id FROM places WHERE id = coalesce(NEW.place_id, OLD.place_id)) AND idle_since IS NOT NULL;
    RETURN NULL;
END $function$;
TABLE batch_changes (
    id bigint NOT NULL IDENTITY,
    batch bigint NOT NULL,
    place_id bigint NOT NULL,
    class_id bigint,
    what text COLLATE "C" NOT NULL,
    planned text COLLATE "C",
    moved_to text COLLATE "C",
    days text COLLATE "C" NOT NULL DEFAULT ''::text,
    created_by text COLLATE "C" NOT NULL,
    draft_until bigint NOT NULL,
    revision bigint,
    applied_at bigint
);
TABLE buckets (
    name text COLLATE "C" NOT NULL,
    full_at bigint NOT NULL
);
TABLE changes (
    id bigint NOT NULL IDENTITY,
    guild_id text COLLATE "C" NOT NULL,
    place_id bigint NOT NULL,
    class_id bigint,
    user_id text COLLATE "C",
    at bigint NOT NULL,
    what text COLLATE "C" NOT NULL,
    detail text COLLATE "C" NOT NULL DEFAULT ''::text,
    fields text COLLATE "C"
);
TABLE class_events (
    class_id bigint NOT NULL,
    look_at bigint,
    changes bigint NOT NULL DEFAULT 0,
    failures bigint NOT NULL DEFAULT 0,
    event_id text COLLATE "C",
    slot text COLLATE "C",
    says text COLLATE "C",
    gone boolean NOT NULL DEFAULT false
);
TABLE class_moves (
    class_id bigint NOT NULL,
    planned text COLLATE "C" NOT NULL,
    moved_to text COLLATE "C" NOT NULL
);
TABLE class_posts (
    class_id bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    accounted_to bigint NOT NULL,
    next_run_at bigint
);
TABLE class_skips (
    class_id bigint NOT NULL,
    planned text COLLATE "C" NOT NULL
);
TABLE classes (
    id bigint NOT NULL IDENTITY,
    place_id bigint NOT NULL,
    title text COLLATE "C" NOT NULL,
    rule text COLLATE "C" NOT NULL,
    length_s bigint NOT NULL,
    channel_id text COLLATE "C",
    role_id text COLLATE "C",
    until_day text COLLATE "C",
    paused_until text COLLATE "C",
    lead_s bigint,
    cool_down boolean NOT NULL,
    created_by text COLLATE "C",
    created_at bigint NOT NULL,
    draft_until bigint,
    broken_at bigint,
    broken_why text COLLATE "C",
    removed_at bigint,
    purpose text COLLATE "C" NOT NULL DEFAULT 'class'::text,
    routine text COLLATE "C",
    draft_batch bigint,
    draft_of bigint,
    draft_removes boolean NOT NULL DEFAULT false,
    asked_at bigint,
    revision bigint NOT NULL DEFAULT 0,
    draft_answers text COLLATE "C" NOT NULL DEFAULT ''::text,
    warm_up text COLLATE "C",
    event boolean NOT NULL DEFAULT false,
    event_why text COLLATE "C"
);
TABLE closed_days (
    place_id bigint NOT NULL,
    day text COLLATE "C" NOT NULL
);
TABLE easy (
    user_id text COLLATE "C" NOT NULL,
    less text COLLATE "C" NOT NULL,
    until_at bigint NOT NULL
);
TABLE follows (
    id bigint NOT NULL IDENTITY,
    user_id text COLLATE "C" NOT NULL,
    place_id bigint NOT NULL,
    class_id bigint,
    days bigint NOT NULL,
    quiet_until bigint,
    created_at bigint NOT NULL
);
TABLE gateway_sessions (
    shard bigint NOT NULL,
    owner text COLLATE "C" NOT NULL,
    session_id text COLLATE "C" NOT NULL,
    address text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    application_id text COLLATE "C" NOT NULL,
    bot_id text COLLATE "C" NOT NULL,
    identified_ms bigint NOT NULL,
    down text COLLATE "C" NOT NULL DEFAULT ''::text,
    shards bigint NOT NULL DEFAULT 1
);
TABLE goose_db_version (
    id integer NOT NULL IDENTITY,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone NOT NULL DEFAULT now()
);
TABLE members (
    user_id text COLLATE "C" NOT NULL,
    consent_version bigint NOT NULL,
    consented_at bigint NOT NULL,
    age_statement bigint NOT NULL,
    locale text COLLATE "C" NOT NULL,
    zone text COLLATE "C",
    country text COLLATE "C",
    active_from bigint,
    active_to bigint,
    paused_until text COLLATE "C",
    dm_closed_at bigint,
    idle_since text COLLATE "C"
);
TABLE no_together (
    guild_id text COLLATE "C" NOT NULL
);
TABLE occurrences (
    id bigint NOT NULL IDENTITY,
    class_id bigint,
    guild_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    due_at bigint NOT NULL,
    start_at bigint NOT NULL,
    channel_id text COLLATE "C" NOT NULL,
    user_id text COLLATE "C",
    state text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL DEFAULT ''::text,
    send_at bigint NOT NULL,
    owner text COLLATE "C",
    lease_until bigint,
    attempts bigint NOT NULL DEFAULT 0,
    tried_at bigint,
    sent_at bigint,
    message_id text COLLATE "C",
    done_count bigint NOT NULL DEFAULT 0,
    press_count bigint NOT NULL DEFAULT 0,
    edit_at bigint,
    tidy_at bigint,
    gone_at bigint,
    told_at bigint,
    slot text COLLATE "C",
    zone text COLLATE "C",
    says_at bigint,
    check_at bigint
);
TABLE own_routines (
    user_id text COLLATE "C" NOT NULL,
    line_no bigint NOT NULL,
    drill text COLLATE "C" NOT NULL,
    sets bigint NOT NULL,
    reps bigint NOT NULL,
    hold_s bigint NOT NULL,
    each_side boolean NOT NULL
);
TABLE places (
    id bigint NOT NULL IDENTITY,
    guild_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    zone text COLLATE "C" NOT NULL,
    channel_id text COLLATE "C" NOT NULL,
    coach_role_id text COLLATE "C",
    log_channel_id text COLLATE "C",
    tidy boolean NOT NULL DEFAULT true,
    created_at bigint NOT NULL,
    left_at bigint,
    country text COLLATE "C",
    language text COLLATE "C",
    user_id text COLLATE "C",
    revision bigint NOT NULL DEFAULT 0,
    removed_at bigint
);
TABLE players (
    id text COLLATE "C" NOT NULL,
    user_id text COLLATE "C",
    channel_id text COLLATE "C",
    guild_id text COLLATE "C",
    started_by text COLLATE "C",
    message_id text COLLATE "C",
    ticket text COLLATE "C" NOT NULL,
    locale text COLLATE "C" NOT NULL,
    routine text COLLATE "C" NOT NULL,
    card bigint NOT NULL,
    auto boolean NOT NULL,
    pictures boolean NOT NULL,
    in_count bigint NOT NULL DEFAULT 0,
    pressed_at bigint NOT NULL,
    move_at bigint,
    next_at bigint,
    redraw_at bigint,
    expires_at bigint NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    spent_s bigint NOT NULL DEFAULT 0
);
TABLE programs (
    schema_version bigint NOT NULL,
    program text COLLATE "C" NOT NULL
);
TABLE saved_batches (
    id bigint NOT NULL IDENTITY,
    batch bigint NOT NULL,
    class_id bigint,
    next_batch bigint,
    kept_until bigint NOT NULL
);
TABLE scrubs (
    id bigint NOT NULL,
    asked bigint NOT NULL
);
TABLE sessions (
    user_id text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    count bigint NOT NULL
);
TABLE settings (
    name text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL
);
TABLE workouts (
    class_id bigint NOT NULL,
    planned text COLLATE "C" NOT NULL,
    weekly boolean NOT NULL,
    lines text COLLATE "C" NOT NULL,
    made_by text COLLATE "C",
    made_at bigint NOT NULL,
    over_on text COLLATE "C"
);
ON batch_changes CHECK (((class_id IS NULL) = (what = ANY (ARRAY['close'::text, 'open'::text]))));
ON batch_changes CHECK (((planned IS NULL) = (class_id IS NULL)));
ON batch_changes CHECK (((moved_to IS NULL) = (what <> 'move'::text)));
ON batch_changes CHECK (((days = ''::text) = (class_id IS NOT NULL)));
ON batch_changes FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON batch_changes PRIMARY KEY (id);
ON batch_changes FOREIGN KEY (place_id) REFERENCES places(id) ON DELETE CASCADE;
ON batch_changes CHECK ((what = ANY (ARRAY['skip'::text, 'unskip'::text, 'move'::text, 'close'::text, 'open'::text])));
ON buckets PRIMARY KEY (name);
ON changes FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON changes PRIMARY KEY (id);
ON changes FOREIGN KEY (place_id) REFERENCES places(id) ON DELETE CASCADE;
ON changes CHECK ((what <> ''::text));
ON class_events FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON class_events PRIMARY KEY (class_id);
ON class_moves FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON class_moves CHECK ((moved_to ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$'::text));
ON class_moves PRIMARY KEY (class_id, planned);
ON class_moves CHECK ((planned ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$'::text));
ON class_posts FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON class_posts CHECK ((kind = ANY (ARRAY['pre'::text, 'cool_down'::text, 'notice'::text, 'desk'::text, 'reminder'::text, 'myth'::text, 'recap'::text])));
ON class_posts PRIMARY KEY (class_id, kind);
ON class_skips FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON class_skips PRIMARY KEY (class_id, planned);
ON class_skips CHECK ((planned ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$'::text));
ON classes CHECK ((channel_id <> ''::text));
ON classes FOREIGN KEY (draft_of) REFERENCES classes(id) ON DELETE CASCADE;
ON classes CHECK ((lead_s > 0));
ON classes CHECK ((length_s > 0));
ON classes PRIMARY KEY (id);
ON classes FOREIGN KEY (place_id) REFERENCES places(id) ON DELETE CASCADE;
ON classes CHECK ((purpose = ANY (ARRAY['class'::text, 'desk'::text, 'reminder'::text, 'myth'::text, 'recap'::text])));
ON classes CHECK ((rule <> ''::text));
ON classes CHECK ((warm_up = ANY (ARRAY['lower'::text, 'whole'::text])));
ON closed_days CHECK ((day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'::text));
ON closed_days PRIMARY KEY (place_id, day);
ON closed_days FOREIGN KEY (place_id) REFERENCES places(id) ON DELETE CASCADE;
ON easy CHECK ((less <> ''::text));
ON easy PRIMARY KEY (user_id, less);
ON easy FOREIGN KEY (user_id) REFERENCES members(user_id) ON DELETE CASCADE;
ON follows FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON follows CHECK (((days >= 1) AND (days <= 127)));
ON follows PRIMARY KEY (id);
ON follows FOREIGN KEY (place_id) REFERENCES places(id) ON DELETE CASCADE;
ON follows FOREIGN KEY (user_id) REFERENCES members(user_id) ON DELETE CASCADE;
ON gateway_sessions PRIMARY KEY (shard);
ON gateway_sessions CHECK ((shard >= 0));
ON gateway_sessions CHECK ((shards >= 1));
ON goose_db_version PRIMARY KEY (id);
ON members CHECK (((active_from >= 0) AND (active_from <= 1439)));
ON members CHECK (((active_to >= 1) AND (active_to <= 1440)));
ON members CHECK ((age_statement = 1));
ON members CHECK ((consent_version > 0));
ON members CHECK ((consented_at > 0));
ON members CHECK ((idle_since ~ '^[0-9]{4}-[0-9]{2}$'::text));
ON members PRIMARY KEY (user_id);
ON members CHECK ((user_id <> ''::text));
ON no_together CHECK ((guild_id <> ''::text));
ON no_together PRIMARY KEY (guild_id);
ON occurrences FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON occurrences CHECK ((kind = ANY (ARRAY['pre'::text, 'cool_down'::text, 'now'::text, 'desk'::text, 'myth'::text, 'recap'::text, 'alert'::text, 'log'::text, 'ask'::text, 'confirm'::text, 'notice'::text, 'off'::text, 'reminder'::text, 'nudge'::text])));
ON occurrences PRIMARY KEY (id);
ON occurrences CHECK ((state = ANY (ARRAY['due'::text, 'sending'::text, 'sent'::text, 'late'::text, 'skipped'::text, 'failed'::text, 'unknown'::text, 'replaced'::text])));
ON own_routines CHECK ((drill ~ '^[a-z-]+$'::text));
ON own_routines CHECK ((hold_s >= 0));
ON own_routines CHECK ((line_no > 0));
ON own_routines PRIMARY KEY (user_id, line_no);
ON own_routines CHECK ((reps >= 0));
ON own_routines CHECK ((sets > 0));
ON own_routines FOREIGN KEY (user_id) REFERENCES members(user_id) ON DELETE CASCADE;
ON places CHECK ((channel_id <> ''::text));
ON places CHECK ((guild_id <> ''::text));
ON places UNIQUE (guild_id, name);
ON places CHECK ((name <> ''::text));
ON places PRIMARY KEY (id);
ON places FOREIGN KEY (user_id) REFERENCES members(user_id) ON DELETE CASCADE;
ON places CHECK ((zone <> ''::text));
ON players CHECK ((channel_id <> ''::text));
ON players UNIQUE (channel_id);
ON players CHECK ((id <> ''::text));
ON players PRIMARY KEY (id);
ON players CHECK ((routine <> ''::text));
ON players CHECK ((spent_s >= 0));
ON players CHECK ((user_id <> ''::text));
ON players UNIQUE (user_id);
ON programs PRIMARY KEY (schema_version);
ON programs CHECK ((program <> ''::text));
ON saved_batches CHECK (((class_id IS NULL) <> (next_batch IS NULL)));
ON saved_batches FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON saved_batches PRIMARY KEY (id);
ON scrubs CHECK ((asked > 0));
ON scrubs CHECK ((id = 1));
ON scrubs PRIMARY KEY (id);
ON sessions CHECK ((count > 0));
ON sessions CHECK ((day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'::text));
ON sessions PRIMARY KEY (user_id, day);
ON sessions FOREIGN KEY (user_id) REFERENCES members(user_id) ON DELETE CASCADE;
ON settings CHECK ((name <> ''::text));
ON settings PRIMARY KEY (name);
ON workouts FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE;
ON workouts CHECK ((lines <> ''::text));
ON workouts CHECK ((over_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'::text));
ON workouts PRIMARY KEY (class_id, planned, weekly);
ON workouts CHECK ((planned ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$'::text));
CREATE INDEX batch_changes_batch ON batch_changes USING btree (batch);
CREATE INDEX batch_changes_class ON batch_changes USING btree (class_id) WHERE (class_id IS NOT NULL);
CREATE INDEX batch_changes_created_by ON batch_changes USING btree (created_by);
CREATE INDEX batch_changes_creator ON batch_changes USING btree (created_by) WHERE (applied_at IS NULL);
CREATE UNIQUE INDEX batch_changes_pkey ON batch_changes USING btree (id);
CREATE INDEX batch_changes_place ON batch_changes USING btree (place_id);
CREATE INDEX buckets_full ON buckets USING btree (full_at);
CREATE UNIQUE INDEX buckets_pkey ON buckets USING btree (name);
CREATE INDEX changes_at ON changes USING btree (at);
CREATE INDEX changes_class ON changes USING btree (class_id, id) WHERE (class_id IS NOT NULL);
CREATE INDEX changes_guild ON changes USING btree (guild_id, id);
CREATE UNIQUE INDEX changes_pkey ON changes USING btree (id);
CREATE INDEX changes_place ON changes USING btree (place_id);
CREATE INDEX changes_user ON changes USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX class_events_look ON class_events USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE UNIQUE INDEX class_events_pkey ON class_events USING btree (class_id);
CREATE INDEX class_moves_over ON class_moves USING btree (max(planned, moved_to));
CREATE UNIQUE INDEX class_moves_pkey ON class_moves USING btree (class_id, planned);
CREATE INDEX class_posts_next ON class_posts USING btree (next_run_at) WHERE (next_run_at IS NOT NULL);
CREATE UNIQUE INDEX class_posts_pkey ON class_posts USING btree (class_id, kind);
CREATE UNIQUE INDEX class_skips_pkey ON class_skips USING btree (class_id, planned);
CREATE INDEX class_skips_planned ON class_skips USING btree (planned);
CREATE INDEX classes_batch ON classes USING btree (draft_batch) WHERE (draft_batch IS NOT NULL);
CREATE INDEX classes_created_by ON classes USING btree (created_by) WHERE (created_by IS NOT NULL);
CREATE INDEX classes_draft ON classes USING btree (draft_until) WHERE (draft_until IS NOT NULL);
CREATE INDEX classes_draft_of ON classes USING btree (draft_of) WHERE (draft_of IS NOT NULL);
CREATE INDEX classes_drafter ON classes USING btree (created_by) WHERE (draft_until IS NOT NULL);
CREATE UNIQUE INDEX classes_pkey ON classes USING btree (id);
CREATE INDEX classes_place ON classes USING btree (place_id);
CREATE INDEX classes_removed ON classes USING btree (removed_at) WHERE (removed_at IS NOT NULL);
CREATE INDEX closed_days_day ON closed_days USING btree (day);
CREATE UNIQUE INDEX closed_days_pkey ON closed_days USING btree (place_id, day);
CREATE UNIQUE INDEX easy_pkey ON easy USING btree (user_id, less);
CREATE INDEX follows_class ON follows USING btree (class_id) WHERE (class_id IS NOT NULL);
CREATE UNIQUE INDEX follows_once ON follows USING btree (user_id, place_id, COALESCE(class_id, (0)::bigint));
CREATE UNIQUE INDEX follows_pkey ON follows USING btree (id);
CREATE INDEX follows_place ON follows USING btree (place_id);
CREATE UNIQUE INDEX gateway_sessions_pkey ON gateway_sessions USING btree (shard);
CREATE UNIQUE INDEX goose_db_version_pkey ON goose_db_version USING btree (id);
CREATE INDEX members_idle ON members USING btree (idle_since);
CREATE UNIQUE INDEX members_pkey ON members USING btree (user_id);
CREATE UNIQUE INDEX no_together_pkey ON no_together USING btree (guild_id);
CREATE INDEX occurrences_check ON occurrences USING btree (check_at) WHERE (check_at IS NOT NULL);
CREATE INDEX occurrences_class ON occurrences USING btree (class_id, due_at);
CREATE INDEX occurrences_due ON occurrences USING btree (due_at);
CREATE INDEX occurrences_edit ON occurrences USING btree (edit_at) WHERE ((edit_at IS NOT NULL) AND (gone_at IS NULL));
CREATE INDEX occurrences_guild ON occurrences USING btree (guild_id, due_at);
CREATE INDEX occurrences_live ON occurrences USING btree (channel_id, kind) WHERE ((message_id IS NOT NULL) AND (gone_at IS NULL));
CREATE UNIQUE INDEX occurrences_once ON occurrences USING btree (COALESCE(class_id, (0)::bigint), kind, due_at, COALESCE(user_id, ''::text));
CREATE UNIQUE INDEX occurrences_pkey ON occurrences USING btree (id);
CREATE INDEX occurrences_sending ON occurrences USING btree (lease_until) WHERE (state = 'sending'::text);
CREATE INDEX occurrences_tidy ON occurrences USING btree (tidy_at) WHERE ((tidy_at IS NOT NULL) AND (gone_at IS NULL));
CREATE INDEX occurrences_user ON occurrences USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX occurrences_waiting ON occurrences USING btree (send_at) WHERE (state = 'due'::text);
CREATE UNIQUE INDEX own_routines_pkey ON own_routines USING btree (user_id, line_no);
CREATE UNIQUE INDEX places_guild_id_name_key ON places USING btree (guild_id, name);
CREATE INDEX places_left ON places USING btree (left_at) WHERE (left_at IS NOT NULL);
CREATE UNIQUE INDEX places_pkey ON places USING btree (id);
CREATE INDEX places_removed ON places USING btree (removed_at) WHERE (removed_at IS NOT NULL);
CREATE UNIQUE INDEX places_user ON places USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE UNIQUE INDEX players_channel_id_key ON players USING btree (channel_id);
CREATE INDEX players_expires ON players USING btree (expires_at);
CREATE INDEX players_next ON players USING btree (next_at) WHERE (next_at IS NOT NULL);
CREATE UNIQUE INDEX players_pkey ON players USING btree (id);
CREATE INDEX players_redraw ON players USING btree (redraw_at) WHERE (redraw_at IS NOT NULL);
CREATE INDEX players_started_by ON players USING btree (started_by) WHERE (started_by IS NOT NULL);
CREATE UNIQUE INDEX players_user_id_key ON players USING btree (user_id);
CREATE UNIQUE INDEX programs_pkey ON programs USING btree (schema_version);
CREATE INDEX saved_batches_batch ON saved_batches USING btree (batch);
CREATE INDEX saved_batches_class ON saved_batches USING btree (class_id) WHERE (class_id IS NOT NULL);
CREATE UNIQUE INDEX saved_batches_pkey ON saved_batches USING btree (id);
CREATE UNIQUE INDEX scrubs_pkey ON scrubs USING btree (id);
CREATE INDEX sessions_day ON sessions USING btree (day);
CREATE UNIQUE INDEX sessions_pkey ON sessions USING btree (user_id, day);
CREATE UNIQUE INDEX settings_pkey ON settings USING btree (name);
CREATE INDEX workouts_made_by ON workouts USING btree (made_by);
CREATE UNIQUE INDEX workouts_pkey ON workouts USING btree (class_id, planned, weekly);
CREATE TRIGGER easy_active AFTER INSERT ON easy FOR EACH ROW EXECUTE FUNCTION member_active();
CREATE TRIGGER follows_active AFTER INSERT ON follows FOR EACH ROW EXECUTE FUNCTION member_active();
CREATE TRIGGER follows_ended AFTER DELETE ON follows FOR EACH ROW EXECUTE FUNCTION member_was_active();
CREATE TRIGGER members_active AFTER UPDATE OF consented_at, locale, zone, country, active_from, active_to, paused_until ON members FOR EACH ROW EXECUTE FUNCTION member_active();
CREATE TRIGGER nudges_active AFTER INSERT ON occurrences FOR EACH ROW WHEN ((new.kind = 'nudge'::text)) EXECUTE FUNCTION member_active();
CREATE TRIGGER own_routines_active AFTER INSERT ON own_routines FOR EACH ROW EXECUTE FUNCTION member_active();
CREATE TRIGGER players_active AFTER INSERT ON players FOR EACH ROW WHEN ((new.user_id IS NOT NULL)) EXECUTE FUNCTION member_active();
CREATE TRIGGER reminders_active AFTER INSERT ON classes FOR EACH ROW WHEN ((new.purpose = 'reminder'::text)) EXECUTE FUNCTION reminder_active();
CREATE TRIGGER reminders_ended AFTER DELETE ON classes FOR EACH ROW WHEN ((old.purpose = 'reminder'::text)) EXECUTE FUNCTION reminder_active();
CREATE TRIGGER sessions_active AFTER INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION member_active();
