package commands_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestIsolation presses everything that two servers have, as everybody, with
// ids replayed and made up: nobody sees or changes what isn't theirs.
func TestIsolation(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	rival := g.Place(gymtest.Rita().Guild, "Rival")
	g.Add(map[string]any{"at": "mon 18:00", "title": "Ours"})
	contract := g.Run(gymtest.Rita(), "class add", map[string]any{"at": "tue 19:00", "title": "Theirs"})
	g.Press(gymtest.Rita(), golden.ID(t, contract, "Save"), nil)
	draft := g.Run(gymtest.Rita(), "class add", map[string]any{"at": "wed 20:00", "title": "Theirs, a draft"})
	if golden.ID(t, draft, "Save") != "class1:save/3/0" {
		t.Fatal("the classes have other ids than this test takes")
	}
	theirs, err := g.Store.Series(t.Context(), 2)
	if err != nil || theirs.Place.ID != rival.ID {
		t.Fatalf("%+v, %v", theirs, err)
	}
	post := g.Post(theirs, schedule.KindPre, g.Time, schedule.StateSent, "")
	alert := g.Post(theirs, schedule.KindAlert, g.Time, schedule.StateSkipped, schedule.ReasonClosedDM)
	var ids []string
	for _, name := range []string{"class1", "classlook1", "classform1", "classset1"} {
		for _, a := range []button.Act{button.ActShow, button.ActSave, button.ActNow, button.ActSkip, button.ActPause, button.ActResume, button.ActMend, button.ActAsk, button.ActRemove, button.ActHistory,
			button.ActUnskip, button.ActEdit, button.ActAlways, button.ActMove, button.ActOff, button.ActCancel, button.ActOwner, button.ActTake, button.ActApply, button.ActLeave, "", "drop", "Show"} {
			for _, id := range []int64{2, 3, -2, math.MaxInt64} {
				for _, n := range []int64{0, g.Time.Unix(), math.MaxInt64} {
					ids = append(ids, name+":"+gymtest.ClassText(id, n, a))
				}
			}
		}
		ids = append(ids, name+":", name+":show", name+":show/2", name+":show/2/0/0", name+":show/two/0", name+":show/99999999999999999999/0", name+":show/2.0/0")
	}
	for _, name := range []string{"classlines1:", "classlinesset1:", "classlinesnew1:"} {
		for _, state := range []string{"2/3/10/true", "1/3/10/true", "0/3/10/true", "-1/-2/10/true", "2/0/10", "x/0/10/true"} {
			ids = append(ids, name+state)
		}
	}
	ids = append(ids, "classlinesset1:2/0/10/true", "classlinesnew1:2/0/10/true", "classmany1:x", "classmany1:")
	for _, name := range []string{"setup1", "closed1", "changes1"} {
		for _, a := range []button.Act{button.ActShow, button.ActTidy, button.ActTogether, button.ActMyth, button.ActRecap, button.ActNoCoach, button.ActNoLog, button.ActGym, button.ActDesk, button.ActStart, button.ActOpen, button.ActChanges, "drop"} {
			for _, id := range []int64{rival.ID, 3, -2, math.MaxInt64} {
				for _, n := range []int64{0, 1, math.MaxInt64} {
					ids = append(ids, name+":"+gymtest.ClassText(id, n, a))
				}
			}
		}
		ids = append(ids, name+":", name+":show", name+":show/two/0", name+":show/2.0/0")
	}
	for _, name := range []string{"closedform1:", "closedset1:"} {
		for _, id := range []string{fmt.Sprint(rival.ID), "-1", "0", "", "99999999999999999999", "x"} {
			ids = append(ids, name+id)
		}
	}
	for _, name := range []string{"done1:", "mend1:"} {
		for _, o := range []string{fmt.Sprint(post.ID), fmt.Sprint(alert.ID), "-1", "0", "", "99999999999999999999", "x"} {
			ids = append(ids, name+o)
		}
	}
	notice := g.Dm(theirs, schedule.KindNotice, gymtest.Rita(), g.Time, g.Time.Add(time.Hour))
	for _, o := range []int64{post.ID, notice.ID} {
		ids = append(ids, fmt.Sprint("notify1:", o))
		for _, a := range []button.NoticeAct{button.NoticeSnooze, button.NoticeToday, button.NoticeStop, button.NoticeKeep} {
			ids = append(ids, button.NoticeID.For(button.NoticeState{Act: a, ID: o}))
		}
	}
	for _, a := range []button.FollowAct{button.FollowShow, button.FollowClass, button.FollowPlace, button.FollowAsk, button.FollowDays, button.FollowStop, ""} {
		for _, id := range []int64{2, 3, -2} {
			ids = append(ids, button.FollowID.For(button.FollowState{Act: a, ID: id, Days: schedule.EveryDay, Agreed: true}))
		}
	}
	before, kicks := g.Dump(), g.Kicks
	dm := gymtest.Person{User: gymtest.Mia().User, Channel: "1325750707814400077"}
	admin := gymtest.Olga()
	admin.Perms = bot.Administrator
	fields := map[string]string{"dates": "2026-12-24", "at": "sun 10:00", "length": "30", "title": "Taken", "day": "2026-12-24",
		"lines": "sun 10:00", "before": "10", "cool_down": "yes"}
	for who, p := range map[string]gymtest.Person{"admin": admin, "coach": gymtest.Carl(), "member": gymtest.Mia(), "DM": dm} {
		for _, id := range ids {
			reply := g.Press(p, id, fields)
			if reply.Modal != nil || len(golden.Buttons(reply.Parts)) > 0 || theirsIn(reply) {
				t.Errorf("%s pressed %s and got %s", who, id, golden.Shown(reply))
			}
			if g.Kicks != kicks {
				t.Fatalf("%s pressed %s, and the engine was told", who, id)
			}
		}
		if after := g.Dump(); after != before {
			t.Fatalf("%s changed\n%s\nto\n%s", who, before, after)
		}
		// The value of the select is a claim too.
		for _, value := range []string{"2", "3", "-1", "x", "", "99999999999999999999"} {
			for _, id := range []string{"class1:show/1/0", "setup1:show/1/0", "setup1:show/0/0"} {
				if reply := g.Press(p, id, nil, value); theirsIn(reply) || len(golden.Buttons(reply.Parts)) > 0 {
					t.Errorf("%s picked %q on %s and got %s", who, value, id, golden.Shown(reply))
				}
			}
		}
	}
	// A member of the right server looks, and changes nothing.
	for _, a := range []button.Act{button.ActSave, button.ActNow, button.ActSkip, button.ActPause, button.ActResume, button.ActMend, button.ActAsk, button.ActRemove,
		button.ActUnskip, button.ActEdit, button.ActAlways, button.ActMove, button.ActOff, button.ActCancel, button.ActOwner, button.ActTake, button.ActApply} {
		for _, name := range []string{"class1", "classform1", "classset1"} {
			reply := g.Press(gymtest.Mia(), name+":"+gymtest.ClassText(1, 0, a), fields)
			if reply.Modal != nil || len(golden.Buttons(reply.Parts)) > 0 || g.Dump() != before {
				t.Errorf("a member pressed %s %s and got %s", name, a, golden.Shown(reply))
			}
		}
	}
}

// theirsIn reports whether a reply shows something of the other server.
func theirsIn(r bot.Reply) bool {
	text := golden.Shown(r)
	return strings.Contains(text, "Theirs") || strings.Contains(text, "19:00") || strings.Contains(text, "Rival")
}
