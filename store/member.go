package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

const consentQuery = `SELECT consent_version, consented_at FROM members WHERE user_id = ?`

// Consent returns which version of the consent text the user agreed to, and
// when. The version is 0 when there is no consent.
func (s *Store) Consent(ctx context.Context, userID string) (version int, at time.Time, err error) {
	var seconds int64
	err = s.read.QueryRowContext(ctx, consentQuery, userID).Scan(&version, &seconds)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, time.Time{}, nil
	}
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("read consent: %w", err)
	}
	return version, time.Unix(seconds, 0).UTC(), nil
}

const agreeQuery = `
INSERT INTO members (user_id, consent_version, consented_at, age_statement, locale)
VALUES (?, ?, ?, 1, ?)
ON CONFLICT (user_id) DO UPDATE SET
    consent_version = excluded.consent_version,
    consented_at = excluded.consented_at`

// Agree keeps that the user agreed to this version of the consent text, which
// includes the statement of age. Agreeing again changes version and time, and
// leaves the rest as the member has set it.
func (s *Store) Agree(ctx context.Context, userID string, version int, locale string, at time.Time) error {
	if _, err := s.write.ExecContext(ctx, agreeQuery, userID, version, at.Unix(), locale); err != nil {
		return fmt.Errorf("keep consent: %w", err)
	}
	return nil
}
