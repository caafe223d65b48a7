package bot

import (
	"errors"
	"slices"
	"testing"
)

// TestStanding: what a member has in a server is what its roles give, and one who
// is not there is told apart from an answer that did not come.
func TestStanding(t *testing.T) {
	t.Parallel()
	const (
		guild  = `{"id":"1","owner_id":"9","roles":[{"id":"1","permissions":"3072"},{"id":"20","permissions":"32"},{"id":"21","permissions":"8"}]}`
		server = "/guilds/1"
		member = "/guilds/1/members/5"
	)
	for name, tc := range map[string]struct {
		user, member string
		has, lacks   Perm
	}{
		"no role":       {"5", `{"roles":[]}`, ViewChannel | SendMessages, ManageServer},
		"a manager":     {"5", `{"roles":["20"]}`, ManageServer, CreateEvents},
		"a role gone":   {"5", `{"roles":["22"]}`, SendMessages, ManageServer},
		"administrator": {"5", `{"roles":["21"]}`, ManageServer | CreateEvents, 0},
		"the owner":     {"9", `{"roles":[]}`, ManageServer | CreateEvents, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b, _ := accessStub(t, 0, map[string]string{server: guild, server + "/members/" + tc.user: tc.member})
			s, err := b.Standing(t.Context(), "1", tc.user)
			if err != nil || !s.Perms.Has(tc.has) || tc.lacks != 0 && s.Perms.Has(tc.lacks) {
				t.Errorf("got %+v, %v; want %b and not %b", s, err, tc.has, tc.lacks)
			}
		})
	}
	for name, tc := range map[string]struct {
		code    int
		answers map[string]string
		left    bool
	}{
		"left":                  {codeUnknownMember, map[string]string{server: guild}, true},
		"nobody at Discord":     {10013, map[string]string{server: guild}, false},
		"the bot was removed":   {10004, map[string]string{member: `{"roles":[]}`}, false},
		"neither can be read":   {0, nil, false},
		"a server of its own":   {codeUnknownMember, map[string]string{"/guilds/2": guild}, false},
		"an answer of nonsense": {0, map[string]string{server: guild, member: `[`}, false},
	} {
		t.Run(name, func(t *testing.T) {
			b, _ := accessStub(t, tc.code, tc.answers)
			s, err := b.Standing(t.Context(), "1", "5")
			if err == nil || errors.Is(err, ErrNoMember) != tc.left || s.Perms != 0 || s.Roles != nil {
				t.Errorf("got %+v, %v; want left %t", s, err, tc.left)
			}
		})
	}
}

// TestIn: a request of a DM becomes one of the server for that use alone.
func TestIn(t *testing.T) {
	t.Parallel()
	dm := &Request{UserID: "5"}
	there := dm.In("1", Standing{[]string{"20"}, ManageServer})
	if there.GuildID != "1" || there.UserID != "5" || !slices.Equal(there.Roles, []string{"20"}) || !there.Perms.Has(ManageServer) {
		t.Errorf("got %+v", there)
	}
	if dm.GuildID != "" || dm.Roles != nil || dm.Perms != 0 {
		t.Errorf("the request itself became %+v", dm)
	}
}

// TestChannels: channels that hold posts and that a user sees come as the server
// orders them, with what the bot may do in each.
func TestChannels(t *testing.T) {
	t.Parallel()
	b, _ := accessStub(t, 0, map[string]string{
		"/guilds/1":           `{"id":"1","owner_id":"9","roles":[{"id":"1","permissions":"3072"}]}`,
		"/guilds/1/members/7": `{"roles":[]}`,
		"/guilds/1/members/5": `{"roles":[]}`,
		"/guilds/1/channels": `[{"id":"11","name":"second","type":0,"position":2},{"id":"12","name":"voice","type":2,"position":0},{"id":"13","name":"group","type":4,"position":0},
			{"id":"10","name":"first","type":5,"position":1,"permission_overwrites":[{"id":"1","type":0,"allow":"0","deny":"2048"}]},
			{"id":"14","name":"unseen","type":0,"position":3,"permission_overwrites":[{"id":"1","type":0,"allow":"0","deny":"1024"},{"id":"7","type":1,"allow":"1024","deny":"0"}]}]`})
	all, err := b.Channels(t.Context(), "1", "5")
	if err != nil || len(all) != 2 || all[0].Name != "first" || all[1].Name != "second" {
		t.Fatalf("got %+v, %v", all, err)
	}
	if all[0].Perms.Has(SendMessages) || !all[1].Perms.Has(ViewChannel|SendMessages) {
		t.Errorf("the bot may %b and %b", all[0].Perms, all[1].Perms)
	}
	if _, err := b.Channels(t.Context(), "1", "6"); err == nil {
		t.Error("there are channels for a user who is not there")
	}
	b.self.Store(nil)
	if _, err := b.Channels(t.Context(), "1", "5"); !errors.Is(err, errNoSelf) {
		t.Errorf("before the bot knows itself: %v", err)
	}
}
