package playground

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"unpinch/playground/check"
	"unpinch/playground/wire"
)

// A savedWorld is a world as JSON: people, guilds, channels, what everybody sees
// of their messages, the bot's commands, and the time. What one person alone sees
// goes with a restart, as at Discord.
type savedWorld struct {
	Now      time.Time                  `json:"now"`
	Last     wire.ID                    `json:"last_id"`
	Fixed    wire.ID                    `json:"last_fixed_id"`
	Users    []savedUser                `json:"users"` // the bot first
	Guilds   []savedGuild               `json:"guilds"`
	DMs      []savedChannel             `json:"dms,omitempty"`
	Commands map[wire.ID][]savedCommand `json:"commands,omitempty"`
	Files    map[string][]byte          `json:"files,omitempty"` // by the SHA-256 of what is in them
}

type savedUser struct {
	ID        wire.ID `json:"id"`
	Name      string  `json:"name"`
	Display   string  `json:"display"`
	Bot       bool    `json:"bot,omitempty"`
	DMsClosed bool    `json:"dms_closed,omitempty"`
}

type savedGuild struct {
	ID          wire.ID        `json:"id"`
	Name        string         `json:"name"`
	Owner       wire.ID        `json:"owner"`
	Roles       []savedRole    `json:"roles"`
	Members     []savedMember  `json:"members"`
	Channels    []savedChannel `json:"channels"`
	Scheduled   []savedEvent   `json:"scheduled,omitempty"`
	Unavailable bool           `json:"unavailable,omitempty"`
}

type savedRole struct {
	ID          wire.ID `json:"id"`
	Name        string  `json:"name"`
	Permissions uint64  `json:"permissions"`
	Mentionable bool    `json:"mentionable,omitempty"`
	Managed     bool    `json:"managed,omitempty"`
	Position    int     `json:"position"`
}

type savedMember struct {
	User  wire.ID   `json:"user"`
	Roles []wire.ID `json:"roles,omitempty"`
}

type savedEvent struct {
	check.ScheduledEvent
	ID wire.ID `json:"id"`
}

type savedChannel struct {
	ID         wire.ID                    `json:"id"`
	Kind       int                        `json:"kind"`
	Name       string                     `json:"name"`
	Parent     wire.ID                    `json:"parent,omitempty"`
	Recipient  wire.ID                    `json:"recipient,omitempty"`
	Position   int                        `json:"position,omitempty"`
	Overwrites map[wire.ID]savedOverwrite `json:"overwrites,omitempty"`
	Locked     bool                       `json:"locked,omitempty"`
	Archived   bool                       `json:"archived,omitempty"`
	Messages   []savedMessage             `json:"messages,omitempty"`
}

type savedOverwrite struct {
	Role  bool   `json:"role,omitempty"`
	Allow uint64 `json:"allow,omitempty"`
	Deny  uint64 `json:"deny,omitempty"`
}

type savedMessage struct {
	ID          wire.ID     `json:"id"`
	Author      wire.ID     `json:"author"`
	Kind        int         `json:"kind,omitempty"`
	Content     string      `json:"content,omitempty"`
	Flags       int64       `json:"flags,omitempty"`
	TTS         bool        `json:"tts,omitempty"`
	Embeds      []any       `json:"embeds,omitempty"`
	Components  []any       `json:"components,omitempty"`
	Files       []savedFile `json:"files,omitempty"`
	Nonce       any         `json:"nonce,omitempty"`
	Made        time.Time   `json:"made"`
	Edited      *time.Time  `json:"edited,omitempty"`
	Pinged      []wire.ID   `json:"pinged,omitempty"`
	PingedRoles []wire.ID   `json:"pinged_roles,omitempty"`
	Everyone    bool        `json:"everyone,omitempty"`
	Reference   wire.ID     `json:"reference,omitempty"`
	Application bool        `json:"application,omitempty"`
	Origin      object      `json:"origin,omitempty"`
}

type savedFile struct {
	ID          wire.ID `json:"id"`
	Name        string  `json:"name"`
	Description string  `json:"description,omitempty"`
	ContentType string  `json:"content_type"`
	Size        int     `json:"size"`
	Width       int     `json:"width,omitempty"`
	Height      int     `json:"height,omitempty"`
	Hash        string  `json:"hash"`
}

type savedCommand struct {
	ID      wire.ID `json:"id"`
	Version wire.ID `json:"version"`
	Def     object  `json:"def"`
}

// readWorld reads what Save wrote.
func readWorld(raw []byte) (*savedWorld, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var s savedWorld
	if err := dec.Decode(&s); err != nil {
		return nil, fmt.Errorf("read the saved world: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF || len(s.Users) == 0 || !s.Users[0].Bot {
		return nil, fmt.Errorf("read the saved world: it is not one that Save wrote")
	}
	return &s, nil
}

// hashOf names what is in a file.
func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
