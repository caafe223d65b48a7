-- +goose Up

-- The month since which a member did nothing that is kept, as 2026-11. It is NULL
-- after they did something, until the clean-up of the next hour looks.
ALTER TABLE members ADD COLUMN idle_since TEXT CHECK (idle_since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]');
CREATE INDEX members_idle ON members (idle_since);
CREATE INDEX sessions_day ON sessions (day);
CREATE INDEX places_left ON places (left_at) WHERE left_at IS NOT NULL;

-- What is over is found without a walk through the tables.
CREATE INDEX changes_at ON changes (at);
CREATE INDEX classes_removed ON classes (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX class_skips_planned ON class_skips (planned_at);
CREATE INDEX class_moves_over ON class_moves (max(from_at, to_at));
CREATE INDEX closed_days_day ON closed_days (day);

-- +goose StatementBegin
CREATE TRIGGER members_active AFTER UPDATE OF consented_at, locale, zone, country, active_from, active_to, paused_until ON members
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sessions_active AFTER INSERT ON sessions
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER own_routines_active AFTER INSERT ON own_routines
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER easy_active AFTER INSERT ON easy
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER players_active AFTER INSERT ON players WHEN NEW.user_id IS NOT NULL
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER nudges_active AFTER INSERT ON occurrences WHEN NEW.kind = 'nudge'
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER follows_active AFTER INSERT ON follows
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER follows_ended AFTER DELETE ON follows
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = OLD.user_id AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reminders_active AFTER INSERT ON classes WHEN NEW.purpose = 'reminder'
BEGIN UPDATE members SET idle_since = NULL
    WHERE user_id = (SELECT user_id FROM places WHERE id = NEW.place_id) AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reminders_ended AFTER DELETE ON classes WHEN OLD.purpose = 'reminder'
BEGIN UPDATE members SET idle_since = NULL
    WHERE user_id = (SELECT user_id FROM places WHERE id = OLD.place_id) AND idle_since IS NOT NULL; END;
-- +goose StatementEnd
