package schedule

import "time"

// By says who changes something, and when. For the record of changes Detail says
// what to in words, such as a rule or a day, or Fields say it of a place.
type By struct {
	UserID string
	At     time.Time
	Detail string
	Fields []FieldChange
}

// A FieldChange is one field of a place that was changed, as an id, a code or a
// name; "" is none.
type FieldChange struct {
	Field PlaceField `json:"field"`
	From  string     `json:"from"`
	To    string     `json:"to"`
}

// A PlaceField names a field of a place, for the record of changes.
type PlaceField string

// The fields of a place.
const (
	PlaceName     PlaceField = "name"
	PlaceZone     PlaceField = "zone"
	PlaceCountry  PlaceField = "country"
	PlaceLanguage PlaceField = "language"
	PlaceChannel  PlaceField = "channel" // an id
	PlaceCoach    PlaceField = "coach"   // a role's id
	PlaceLog      PlaceField = "log"     // a channel's id
	PlaceTidy     PlaceField = "tidy"    // "true", or "" for off
)

// PlaceChanges returns in what two states of a place differ.
func PlaceChanges(before, after Place) []FieldChange {
	var all []FieldChange
	add := func(f PlaceField, from, to string) {
		if from != to {
			all = append(all, FieldChange{f, from, to})
		}
	}
	on := func(is bool) string {
		if is {
			return "true"
		}
		return ""
	}
	add(PlaceName, before.Name, after.Name)
	add(PlaceZone, before.Zone, after.Zone)
	add(PlaceCountry, before.Country, after.Country)
	add(PlaceLanguage, before.Language, after.Language)
	add(PlaceChannel, before.ChannelID, after.ChannelID)
	add(PlaceCoach, before.CoachRole, after.CoachRole)
	add(PlaceLog, before.LogChannel, after.LogChannel)
	add(PlaceTidy, on(before.Tidy), on(after.Tidy))
	return all
}

// A Change is a line of the record of changes.
type Change struct {
	At      time.Time
	UserID  string // "" once they asked to be forgotten
	PlaceID int64
	ClassID int64 // 0 for the place
	What    string
	Detail  string
	Fields  []FieldChange // of a place; none where Detail says it
}
